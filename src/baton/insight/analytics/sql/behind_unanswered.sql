-- The people whom nobody answered.
WITH
:let_down
SELECT person_id FROM let_down
WHERE (:is_whole = 1 OR grp = :grp)
