-- Who came by the imports that are asked of, and of whom nobody knows on which day they became a
-- lead: all without a date have the moment of their import, which no file writes down to the
-- microsecond.
arrived AS (
    SELECT COALESCE(former_ids.person_id, arrivals.person_id) AS person_id, arrivals.happened_at,
        arrivals.name = 'person.created' AS is_new,
        arrivals.name = 'person.created'
            AND EXTRACT(microsecond FROM arrivals.happened_at) % 1000000 <> 0
            AND COUNT(*) OVER (PARTITION BY arrivals.name, arrivals.happened_at) > 1 AS is_of_run
    FROM arrivals
    LEFT JOIN former_ids ON former_ids.old_id = arrivals.person_id
),
undated AS (
    SELECT people.id AS person_id
    FROM people
    JOIN arrived ON arrived.person_id = people.id AND arrived.happened_at = people.lead_at
    WHERE arrived.is_of_run
)
