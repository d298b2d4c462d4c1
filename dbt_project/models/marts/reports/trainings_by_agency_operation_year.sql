-- Grain: one agency × operation × fiscal year × calendar year × claim type × subject or commodity × canonical
-- unit.
{{ claims_report(ref('fct_trainings'), ['subject_id', 'commodity_id']) }}
