-- How soon leads were answered and what became of them: in all, by source, by rep, by slot (how
-- long they waited).
WITH :worked
SELECT
    CASE WHEN GROUPING(source) = 0 THEN 'source' WHEN GROUPING(rep) = 0 THEN 'rep'
        WHEN GROUPING(slot) = 0 THEN 'slot' ELSE 'total' END AS axis,
    COALESCE(source, rep, slot, '') AS grp,
    COUNT(*) AS leads,
    COUNT(CASE WHEN slot = 'never' THEN 1 END) AS untouched,
    COUNT(days) AS timed,
    MEDIAN(days) AS median_days,
    QUANTILE_DISC(days, 0.9) AS slow_days,
    COUNT(CASE WHEN is_won THEN 1 END) AS won,
    COUNT(CASE WHEN is_lost THEN 1 END) AS lost,
    COUNT(CASE WHEN is_won THEN revenue END) AS priced,
    SUM(revenue) AS revenue,
    COUNT(CASE WHEN rep <> '' THEN 1 END) AS owned,
    COUNT(CASE WHEN source <> '' THEN 1 END) AS sourced,
    COUNT(CASE WHEN has_deal THEN 1 END) AS deals,
    COALESCE(BOOL_OR(is_hourly), FALSE) AS is_hourly
FROM worked
GROUP BY GROUPING SETS ((), (source), (rep), (slot))
ORDER BY axis, grp
