-- Grain: one agency × operation × fiscal year × calendar year × claim type × funding stage × subject or
-- commodity × canonical unit.
{{ claims_report(ref('fct_funding'), ['funding_stage', 'subject_id', 'commodity_id']) }}
