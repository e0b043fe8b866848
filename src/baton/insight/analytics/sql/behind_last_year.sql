-- The leads that one figure counts; `figure` is what is true of them, `axis` what they are grouped by.
WITH :worked
SELECT person_id FROM worked
WHERE (:is_whole = 1 OR :axis = :grp) AND :figure
ORDER BY person_id
