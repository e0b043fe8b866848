-- The median and the ninth tenth of the days in each open stage: in the period, and by month.
WITH :left_stages,
told AS (
    SELECT stage_id AS grp, -1 AS month, days FROM stays
    WHERE (:since IS NULL OR done_at >= :since) AND (:until IS NULL OR done_at < :until)
    UNION ALL
    SELECT stage_id, month, days FROM stays WHERE month IS NOT NULL
),
:middles
