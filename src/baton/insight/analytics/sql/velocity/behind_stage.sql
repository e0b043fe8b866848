-- The deals that left a stage: in the period (`month` -1), or in a month.
WITH :left_stages
SELECT DISTINCT deal_id FROM stays
WHERE stage_id = :stage AND (
    month = :at_month
    OR (:at_month = -1
        AND (:since IS NULL OR done_at >= :since) AND (:until IS NULL OR done_at < :until))
)
ORDER BY deal_id
