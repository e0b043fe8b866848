-- All moves of people whom the reader may see. `person_id` is who it is now, `owner_id` whose they
-- were then.
SELECT every.* EXCLUDE (undone_by) REPLACE (:who_now AS person_id)
FROM (:wanted) AS every
:identities
WHERE :sees_person
