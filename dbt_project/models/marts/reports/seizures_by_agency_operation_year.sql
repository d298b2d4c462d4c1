-- Grain: one agency × operation × fiscal year × calendar year × claim type × commodity × canonical unit.
{{ claims_report(ref('fct_seizures'), ['commodity_id', 'commodity_group']) }}
