-- Cost inside the period, by channel or campaign: each cost is spread evenly over its days.
WITH part AS (
    SELECT cost.base_amount, cost.kind, campaign.code AS campaign,
        COALESCE(campaign.channel, cost.channel) AS channel,
        DATES(cost.from_on, cost.to_on) + 1 AS all_days,
        DATES(
            CASE WHEN cost.from_on > :from_on THEN cost.from_on ELSE :from_on END,
            CASE WHEN cost.to_on < :to_on THEN cost.to_on ELSE :to_on END
        ) + 1 AS days
    FROM campaigns_cost cost
    LEFT JOIN campaigns_campaign campaign ON campaign.id = cost.campaign_id
    WHERE cost.deleted_at IS NULL AND cost.from_on <= :to_on AND cost.to_on >= :from_on
)
SELECT :cost_group AS grp,
    SUM(base_amount * days / all_days) AS cost,
    SUM(CASE WHEN base_amount IS NULL THEN 1 ELSE 0 END) AS unknown_amounts
FROM part
GROUP BY 1
