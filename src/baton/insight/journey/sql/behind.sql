-- The people whom a figure counts.
WITH :stays
SELECT stays.person_id
FROM stays
LEFT JOIN middle ON middle.spot = stays.spot
WHERE stays.spot = :asked AND (:counted)
