-- The people whom one step of the report counts.
WITH
:reached
SELECT person_id FROM reached
WHERE step = :step AND (:is_whole = 1 OR grp = :grp) AND (:only_inferred = 0 OR is_inferred = 1)
