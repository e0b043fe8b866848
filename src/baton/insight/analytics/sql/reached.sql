-- Who reached which step, when, under whom, and whether that is inferred.
--
-- Parameters: people (a sub-query of visible ids), cohort_from, cohort_to, event_from, event_to (UTC).
-- Columns of `reached`: person_id, step, at (null when inferred without a date), owner_id, is_inferred.
--
-- A person who reached a later step has reached the earlier ones (inferred), except that one whom
-- sales found, or who only bought by themselves, is never inferred as MQL or SAL.
cohort AS (
    SELECT person.*,
        CASE
            WHEN person.channel <> '' THEN person.channel
            WHEN person.origin <> 'marketing' THEN person.origin
            ELSE ''
        END AS source
    FROM people_person person
    WHERE person.deleted_at IS NULL
        AND person.lead_at IS NOT NULL
        AND person.id IN (SELECT id FROM visible)
        AND (:cohort_from IS NULL OR person.lead_at >= :cohort_from)
        AND (:cohort_to IS NULL OR person.lead_at < :cohort_to)
),
step AS (
    SELECT 'lead' AS name, 1 AS rank
    UNION ALL SELECT 'mql', 2
    UNION ALL SELECT 'sal', 3
    UNION ALL SELECT 'sql', 4
    UNION ALL SELECT 'opportunity', 5
    UNION ALL SELECT 'customer', 6
),
first_change AS (
    SELECT person_id, to_stage, at, owner_id, cause
    FROM (
        SELECT change.person_id, change.to_stage, change.at, change.owner_id, change.cause,
            ROW_NUMBER() OVER (
                PARTITION BY change.person_id, change.to_stage ORDER BY change.at, change.id
            ) AS turn
        FROM lifecycle_stagechange change
        JOIN cohort ON cohort.id = change.person_id
        WHERE NOT change.is_back
    ) AS ordered
    WHERE turn = 1
),
ranked AS (
    SELECT first_change.*,
        CASE WHEN to_stage = 'evangelist' THEN 6 ELSE step.rank END AS rank
    FROM first_change
    LEFT JOIN step ON step.name = first_change.to_stage
    WHERE step.rank IS NOT NULL OR to_stage = 'evangelist'
),
furthest AS (
    SELECT person_id,
        MAX(rank) AS rank,
        MAX(CASE WHEN to_stage = 'customer' AND cause LIKE 'purchase.%' THEN 1 ELSE 0 END) AS bought,
        MAX(CASE WHEN to_stage IN ('sql', 'opportunity') THEN 1 ELSE 0 END) AS was_sold_to
    FROM ranked
    GROUP BY person_id
),
reached AS (
    SELECT cohort.id AS person_id,
        step.name AS step,
        step.rank AS rank,
        CASE WHEN step.name = 'lead' THEN cohort.lead_at ELSE exact.at END AS at,
        exact.owner_id AS exact_owner_id,
        CASE WHEN exact.person_id IS NULL AND step.name <> 'lead' THEN 1 ELSE 0 END AS is_inferred
    FROM cohort
    CROSS JOIN step
    LEFT JOIN furthest ON furthest.person_id = cohort.id
    LEFT JOIN ranked exact ON exact.person_id = cohort.id AND exact.to_stage = step.name
    WHERE step.name = 'lead'
        OR exact.person_id IS NOT NULL
        OR (
            furthest.rank > step.rank
            AND NOT (
                step.name IN ('mql', 'sal')
                AND (cohort.origin = 'sales' OR (furthest.bought = 1 AND furthest.was_sold_to = 0))
            )
        )
        OR (step.name = 'customer' AND furthest.rank >= 6)
)
