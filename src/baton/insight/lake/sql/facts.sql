-- All facts that stand and that the reader may see. `person_id` is who it is now, `born_id` whom
-- the fact was written about: people who were merged since have one id here.
SELECT every.* EXCLUDE (undone_by) REPLACE (COALESCE(now.person_id, every.person_id) AS person_id),
    every.person_id AS born_id
FROM (
    SELECT * FROM (:sealed) AS sealed
    WHERE :stands
    UNION ALL
    :tail
) AS every
LEFT JOIN identities AS now ON now.old_id = every.person_id
WHERE
    (every.person_id IS NULL
        OR COALESCE(now.person_id, every.person_id) :is_seen (SELECT id FROM people_told_apart))
    AND (every.deal_id IS NULL
        OR every.deal_id :is_seen (SELECT id FROM deals_told_apart))
