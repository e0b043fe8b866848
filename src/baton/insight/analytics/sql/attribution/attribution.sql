-- Revenue and deals by group and model, with what the group cost within the period. Each cost is
-- spread evenly over its days; without a period all of it counts.
WITH :won_deals,
:touches,
:credited,
credit AS (
    SELECT grp,
        COUNT(event_id) AS touches,
        COUNT(DISTINCT deal_id) AS deals,
        :totals
    FROM credited
    GROUP BY grp
),
spent AS (
    SELECT COALESCE(campaigns.channel, costs.channel) AS channel, campaigns.code AS campaign,
        costs.base_amount,
        DATE_DIFF('day', costs.from_on, costs.to_on) + 1 AS all_days,
        DATE_DIFF('day',
            CASE WHEN costs.from_on < :from_on THEN :from_on ELSE costs.from_on END,
            CASE WHEN costs.to_on > :to_on THEN :to_on ELSE costs.to_on END
        ) + 1 AS days
    FROM costs
    LEFT JOIN campaigns ON campaigns.id = costs.campaign_id
    WHERE (:to_on IS NULL OR costs.from_on <= :to_on)
        AND (:from_on IS NULL OR costs.to_on >= :from_on)
),
cost AS (
    SELECT :cost_grp AS grp,
        SUM(base_amount * days / all_days) AS cost,
        COUNT(*) - COUNT(base_amount) AS unknown_costs
    FROM spent
    GROUP BY :cost_grp
),
known AS (
    SELECT grp FROM credit
    UNION
    SELECT grp FROM cost
)
SELECT known.grp, credit.touches, credit.deals, cost.cost, cost.unknown_costs, :picks,
    (SELECT COUNT(*) FROM won) AS all_deals,
    (SELECT COUNT(*) FROM won WHERE deal_id < 0) AS all_purchases,
    (SELECT COUNT(*) FROM won WHERE cents IS NULL) AS all_unknown
FROM known
LEFT JOIN credit ON credit.grp = known.grp
LEFT JOIN cost ON cost.grp = known.grp
ORDER BY known.grp
