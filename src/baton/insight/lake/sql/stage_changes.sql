-- All moves of people whom the reader may see. `person_id` is who it is now, `owner_id` whose they
-- were then.
SELECT every.* EXCLUDE (undone_by) REPLACE (COALESCE(now.person_id, every.person_id) AS person_id)
FROM (
    SELECT * FROM (:sealed) AS sealed
    WHERE :stands
    UNION ALL
    :tail
) AS every
LEFT JOIN identities AS now ON now.old_id = every.person_id
WHERE COALESCE(now.person_id, every.person_id) :is_seen (SELECT id FROM people_told_apart)
