-- The people who made a step: in the period (`month` -1), or in a month.
WITH :timed
SELECT DISTINCT person_id FROM timed
WHERE grp = :step AND (
    month = :at_month
    OR (:at_month = -1
        AND (:since IS NULL OR done_at >= :since) AND (:until IS NULL OR done_at < :until))
)
ORDER BY person_id
