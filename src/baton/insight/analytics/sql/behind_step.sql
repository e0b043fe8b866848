-- The people whom one step of the report counts.
WITH
:reached
SELECT person_id FROM reached
WHERE step = :step AND (:is_whole = 1 OR grp = :grp)
    AND (:only <> 'inferred' OR is_inferred = 1)
    AND (:only <> 'stayed' OR goes_on = 0)
    AND (:only <> 'went_on' OR goes_on = 1)
    AND (:only <> 'timed' OR days >= 0)
