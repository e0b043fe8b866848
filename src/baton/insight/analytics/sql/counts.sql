-- How many reached each step, by group; how many of those are inferred.
WITH visible AS (:visible),
:reached,
:grouped
SELECT grp, step, COUNT(*) AS people, SUM(is_inferred) AS inferred
FROM grouped
GROUP BY grp, step
