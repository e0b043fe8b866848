-- Leads with the cohort in which they came, and when they reached a step.
-- Parameters: unit (month, week), unit_days, step, is_whole and grp (of the source, campaign ...).
-- Columns of `counted`: person_id, began_on (the first day of their cohort), has_arrived,
-- span (within how many units of days after they became a lead; NULL: nobody knows), is_open.
--
-- Who is inferred in a step was there when they reached the first later one that has a day.
:reached,
came AS (
    SELECT people.id AS person_id, people.stage, reached.reached_at AS lead_at,
        CAST(DATE_TRUNC(:unit, people.lead_on) AS DATE) AS began_on
    FROM reached
    JOIN people ON people.id = reached.person_id
    WHERE reached.step = 'lead' AND (:is_whole = 1 OR reached.grp = :grp)
),
arrived AS (
    SELECT own.person_id, MIN(later.reached_at) AS arrived_at
    FROM reached AS own
    JOIN reached AS later ON later.person_id = own.person_id AND later.rank >= own.rank
    WHERE own.step = :step
    GROUP BY own.person_id
),
counted AS (
    SELECT came.person_id, came.began_on,
        arrived.person_id IS NOT NULL AS has_arrived,
        CASE
            WHEN DAYS(came.lead_at, arrived.arrived_at) <= :unit_days THEN 1
            ELSE CAST(CEIL(DAYS(came.lead_at, arrived.arrived_at) / :unit_days) AS BIGINT)
        END AS span,
        arrived.person_id IS NULL AND came.stage <> 'other' AS is_open
    FROM came
    LEFT JOIN arrived ON arrived.person_id = came.person_id
)
