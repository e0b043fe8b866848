-- What velocity is made of, by group for the period (`axis` grp), for all (total), and by month.
-- Parameters: from_on, to_on (days of closing).
-- `open` of a month is how many more are open at its end than at that of the month before.
WITH :sold,
marked AS (
    SELECT 'grp' AS axis, grp,
        CASE WHEN state = 'open' THEN 1 ELSE 0 END AS open,
        CASE WHEN state = 'won' AND :is_in_period THEN 1 ELSE 0 END AS won,
        CASE WHEN state = 'lost' AND :is_in_period THEN 1 ELSE 0 END AS lost,
        amount, days
    FROM sold
    UNION ALL
    SELECT 'total', '*',
        CASE WHEN deals.state = 'open' THEN 1 ELSE 0 END,
        CASE WHEN deals.state = 'won' AND :is_in_period THEN 1 ELSE 0 END,
        CASE WHEN deals.state = 'lost' AND :is_in_period THEN 1 ELSE 0 END,
        deals.base_amount,
        CASE WHEN deals.closed_at >= deals.opened_at THEN DAYS(deals.opened_at, deals.closed_at) END
    FROM deals
    UNION ALL
    SELECT 'month', CAST(CAST(DATE_TRUNC('month', deals.closed_on) AS DATE) AS TEXT), -1,
        CASE WHEN deals.state = 'won' THEN 1 ELSE 0 END,
        CASE WHEN deals.state = 'lost' THEN 1 ELSE 0 END,
        deals.base_amount,
        CASE WHEN deals.closed_at >= deals.opened_at THEN DAYS(deals.opened_at, deals.closed_at) END
    FROM deals
    WHERE deals.state <> 'open'
    UNION ALL
    SELECT 'month', CAST(CAST(DATE_TRUNC('month', began.began_on) AS DATE) AS TEXT), 1, 0, 0, NULL,
        NULL
    FROM (
        SELECT CASE
            WHEN deals.closed_on < COALESCE(deals.opened_on, deals.created_on) THEN deals.closed_on
            ELSE COALESCE(deals.opened_on, deals.created_on)
        END AS began_on
        FROM deals
    ) AS began
)
SELECT axis, grp,
    SUM(open) AS open_deals,
    SUM(won) AS won_deals,
    SUM(lost) AS lost_deals,
    SUM(CASE WHEN won = 1 THEN amount END) AS won_amount,
    COUNT(CASE WHEN won = 1 THEN amount END) AS won_priced,
    AVG(CASE WHEN won = 1 THEN days END) AS mean_days
FROM marked
GROUP BY axis, grp
ORDER BY axis, grp
