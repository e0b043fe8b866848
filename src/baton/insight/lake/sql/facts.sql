-- All facts that stand and that the reader may see. `person_id` is who it is now, `born_id` whom
-- the fact was written about: people who were merged since have one id here.
SELECT every.* EXCLUDE (undone_by) REPLACE (:who_now AS person_id), every.person_id AS born_id
FROM (:wanted) AS every
:identities
WHERE (every.person_id IS NULL OR :sees_person) AND (every.deal_id IS NULL OR :sees_deal)
