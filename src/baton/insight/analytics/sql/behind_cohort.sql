-- The people whom one figure of the cohorts counts; `figure` is what is true of them.
WITH :entered
SELECT person_id FROM counted
WHERE (:began_on IS NULL OR began_on = :began_on)
    AND (:latest_on IS NULL OR began_on <= :latest_on)
    AND :figure
ORDER BY person_id
