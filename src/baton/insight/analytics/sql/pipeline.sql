-- Deals by group: open, won, lost, money, and days from opened to won.
WITH visible AS (:visible),
:counted_deals,
cycle AS (
    SELECT grp, DAYS(opened_at, closed_at) AS days
    FROM counted
    WHERE state = 'won' AND opened_at IS NOT NULL AND closed_at >= opened_at
),
placed AS (
    SELECT grp, days,
        ROW_NUMBER() OVER own AS place,
        COUNT(*) OVER own AS deals
    FROM cycle
    WINDOW own AS (
        PARTITION BY grp ORDER BY days ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
),
pace AS (
    SELECT grp,
        AVG(days) AS mean_days,
        AVG(CASE WHEN place * 2 BETWEEN deals AND deals + 2 THEN days END) AS median_days
    FROM placed
    GROUP BY grp
),
total AS (
    SELECT grp,
        COUNT(*) AS created,
        SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END) AS open,
        SUM(CASE WHEN state = 'won' THEN 1 ELSE 0 END) AS won,
        SUM(CASE WHEN state = 'lost' THEN 1 ELSE 0 END) AS lost,
        SUM(CASE WHEN opened_at IS NULL THEN 1 ELSE 0 END) AS undated,
        SUM(CASE WHEN state = 'won' AND closed_at < opened_at THEN 1 ELSE 0 END) AS negative,
        SUM(CASE WHEN state = 'open' THEN amount END) AS open_amount,
        SUM(CASE WHEN state = 'won' THEN amount END) AS won_amount,
        SUM(CASE WHEN state = 'open' AND amount IS NOT NULL THEN 1 ELSE 0 END) AS open_priced,
        SUM(CASE WHEN state = 'won' AND amount IS NOT NULL THEN 1 ELSE 0 END) AS won_priced
    FROM counted
    GROUP BY grp
)
SELECT total.*, pace.median_days, pace.mean_days
FROM total
LEFT JOIN pace ON pace.grp = total.grp
