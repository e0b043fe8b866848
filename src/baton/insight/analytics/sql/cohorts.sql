-- How many leads of each cohort reached the step, by how long that took; and who may still.
WITH :entered
SELECT began_on, span, has_arrived, is_open, COUNT(*) AS people
FROM counted
GROUP BY began_on, span, has_arrived, is_open
ORDER BY began_on, span
