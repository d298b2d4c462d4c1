-- Departments are found by walking five levels up; an agency below more than that would lose its department.
select
    agency_id,
    level_count
from {{ ref('int_agency_departments') }}
where level_count > 5
