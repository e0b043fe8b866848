-- The day of the newest lead, and of how many leads nobody knows the day.
WITH :arrived
SELECT MAX(CASE WHEN people.id NOT IN (SELECT person_id FROM undated) THEN people.lead_on END)
        AS newest_on,
    COUNT(CASE WHEN people.id IN (SELECT person_id FROM undated) THEN 1 END) AS undated
FROM people
WHERE people.lead_at IS NOT NULL AND :is_chosen
