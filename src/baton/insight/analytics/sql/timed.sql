-- How long people took from step to step of the loop, one row a step; `won` is all the way.
-- `month` counts from the first month shown; NULL outside of them.
:reached,
steps AS (
    SELECT person_id, step AS grp, days, reached_at AS done_at FROM reached
    WHERE rank >= 2 AND days >= 0
    UNION ALL
    SELECT person_id, 'won', days_from_lead, reached_at FROM reached
    WHERE step = 'customer' AND days_from_lead >= 0
),
timed AS (
    SELECT person_id, grp, days, done_at, :month AS month FROM steps
)
