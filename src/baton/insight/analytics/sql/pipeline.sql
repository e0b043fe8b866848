-- Deals by group: created, won and lost in the period, open now, money, and days from opened to won
-- of what was won in the period.
WITH visible AS (:visible),
:counted_deals,
cycle AS (
    SELECT grp, DAYS(opened_at, closed_at) AS days
    FROM counted
    WHERE :is_won AND opened_at IS NOT NULL AND closed_at >= opened_at
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
        SUM(is_created) AS created,
        SUM(CASE WHEN is_created = 1 AND state = 'won' THEN 1 ELSE 0 END) AS created_won,
        SUM(CASE WHEN is_created = 1 AND opened_at IS NULL THEN 1 ELSE 0 END) AS undated,
        SUM(is_open) AS open,
        SUM(CASE WHEN :is_won THEN 1 ELSE 0 END) AS won,
        SUM(CASE WHEN :is_lost THEN 1 ELSE 0 END) AS lost,
        SUM(CASE WHEN :is_won AND closed_at < opened_at THEN 1 ELSE 0 END) AS negative,
        SUM(CASE WHEN is_open = 1 THEN amount END) AS open_amount,
        SUM(CASE WHEN :is_won THEN amount END) AS won_amount,
        SUM(CASE WHEN is_open = 1 AND amount IS NOT NULL THEN 1 ELSE 0 END) AS open_priced,
        SUM(CASE WHEN :is_won AND amount IS NOT NULL THEN 1 ELSE 0 END) AS won_priced
    FROM counted
    GROUP BY grp
)
SELECT total.*, pace.median_days, pace.mean_days
FROM total
LEFT JOIN pace ON pace.grp = total.grp
