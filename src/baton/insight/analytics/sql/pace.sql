-- The median and the ninth tenth of the days from step to step: in the period, and by month.
WITH :timed,
told AS (
    SELECT grp, -1 AS month, days FROM timed
    WHERE (:since IS NULL OR done_at >= :since) AND (:until IS NULL OR done_at < :until)
    UNION ALL
    SELECT grp, month, days FROM timed WHERE month IS NOT NULL
),
:middles
