-- Deals by group: open, won, lost, money, and days from opened to won.
WITH visible AS (:visible),
row_of_deal AS (
    SELECT deal.id, deal.state, deal.opened_at, deal.closed_at, :group AS grp, :amount AS amount
    FROM deals_deal deal
    :joins
    WHERE deal.deleted_at IS NULL
        AND deal.id IN (SELECT id FROM visible)
        AND (:cohort_from IS NULL OR deal.opened_at >= :cohort_from)
        AND (:cohort_to IS NULL OR deal.opened_at < :cohort_to)
),
cycle AS (
    SELECT grp, DAYS(opened_at, closed_at) AS days
    FROM row_of_deal
    WHERE state = 'won' AND opened_at IS NOT NULL AND closed_at >= opened_at
),
placed AS (
    SELECT grp, days,
        ROW_NUMBER() OVER (PARTITION BY grp ORDER BY days) AS place,
        COUNT(*) OVER (PARTITION BY grp) AS deals
    FROM cycle
),
median AS (
    SELECT grp, AVG(days) AS days FROM placed
    WHERE place * 2 BETWEEN deals AND deals + 2
    GROUP BY grp
),
mean AS (
    SELECT grp, AVG(days) AS days FROM cycle GROUP BY grp
),
total AS (
    SELECT grp,
        COUNT(*) AS created,
        SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END) AS open,
        SUM(CASE WHEN state = 'won' THEN 1 ELSE 0 END) AS won,
        SUM(CASE WHEN state = 'lost' THEN 1 ELSE 0 END) AS lost,
        SUM(CASE WHEN opened_at IS NULL THEN 1 ELSE 0 END) AS undated,
        SUM(CASE WHEN state = 'open' THEN amount END) AS open_amount,
        SUM(CASE WHEN state = 'won' THEN amount END) AS won_amount,
        SUM(CASE WHEN state = 'won' AND amount IS NOT NULL THEN 1 ELSE 0 END) AS won_priced
    FROM row_of_deal
    GROUP BY grp
)
SELECT total.*, median.days AS median_days, mean.days AS mean_days
FROM total
LEFT JOIN median ON COALESCE(CAST(median.grp AS TEXT), '') = COALESCE(CAST(total.grp AS TEXT), '')
LEFT JOIN mean ON COALESCE(CAST(mean.grp AS TEXT), '') = COALESCE(CAST(total.grp AS TEXT), '')
