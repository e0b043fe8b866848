-- How many of marketing's leads reached each step, or one behind it.
WITH :arrived,
:reached
SELECT step, COUNT(*) AS people
FROM reached
JOIN people ON people.id = reached.person_id AND people.origin <> 'sales'
GROUP BY step
