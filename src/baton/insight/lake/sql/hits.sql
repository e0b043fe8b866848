-- All hits that the reader may see: those of nobody known, and those of people whom they see.
-- `person_id` is who the visitor turned out to be, empty while nobody knows.
SELECT every.*, known.person_id AS person_id
FROM (:wanted) AS every
LEFT JOIN visitors AS known ON known.id = every.visitor_id
WHERE known.person_id IS NULL OR :sees_person
