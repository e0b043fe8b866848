-- Who left the lead stage, by group, and between which moments the people moved at all.
WITH visible AS (:visible),
:reached,
moved AS (
    SELECT change.person_id, MIN(change.at) AS at
    FROM lifecycle_stagechange change
    JOIN cohort ON cohort.id = change.person_id
    WHERE change.to_stage NOT IN ('subscriber', 'lead')
    GROUP BY change.person_id
),
latest AS (
    SELECT MAX(change.at) AS at
    FROM lifecycle_stagechange change
    JOIN cohort ON cohort.id = change.person_id
)
SELECT :person_group AS grp,
    SUM(CASE
        WHEN moved.at IS NOT NULL
            AND (:event_from IS NULL OR moved.at >= :event_from)
            AND (:event_to IS NULL OR moved.at < :event_to)
        THEN 1 ELSE 0 END) AS people,
    MIN(cohort.lead_at) AS first_lead_at,
    MAX(latest.at) AS latest_at
FROM cohort
CROSS JOIN latest
LEFT JOIN moved ON moved.person_id = cohort.id
GROUP BY 1
