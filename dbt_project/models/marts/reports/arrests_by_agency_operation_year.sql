-- Grain: one agency × operation × fiscal year × calendar year × claim type × subject or commodity × canonical
-- unit.
{{ claims_report(ref('fct_arrests'), ['subject_id', 'commodity_id']) }}
