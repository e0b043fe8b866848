placed AS (
    SELECT grp, month, days,
        ROW_NUMBER() OVER (PARTITION BY grp, month ORDER BY days) AS place,
        COUNT(*) OVER (PARTITION BY grp, month) AS of_all
    FROM told
)
SELECT grp, month,
    MAX(of_all) AS counted,
    AVG(CASE WHEN place * 2 BETWEEN of_all AND of_all + 2 THEN days END) AS median_days,
    MIN(CASE WHEN place * 10 >= of_all * 9 THEN days END) AS slow_days
FROM placed
GROUP BY grp, month
ORDER BY grp, month
