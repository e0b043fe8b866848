-- The people behind one figure of the report.
WITH visible AS (:visible),
:reached,
:grouped
SELECT DISTINCT person_id FROM grouped WHERE step = :step AND (:whole = 1 OR :same_group)
