-- What each source cost within the period, and how many leads it brought, of whoever they are. Each
-- cost is spread evenly over its days.
WITH spent AS (
    SELECT COALESCE(campaigns.channel, costs.channel) AS channel, costs.base_amount,
        DATE_DIFF('day', costs.from_on, costs.to_on) + 1 AS all_days,
        DATE_DIFF('day',
            CASE WHEN costs.from_on < :from_on THEN :from_on ELSE costs.from_on END,
            CASE WHEN costs.to_on > :to_on THEN :to_on ELSE costs.to_on END
        ) + 1 AS days
    FROM costs
    LEFT JOIN campaigns ON campaigns.id = costs.campaign_id
    WHERE costs.from_on <= :to_on AND costs.to_on >= :from_on
),
came AS (
    SELECT :source AS grp, COUNT(*) AS leads
    FROM people AS person
    WHERE person.lead_at >= :cohort_from AND person.lead_at < :cohort_to
    GROUP BY 1
)
SELECT came.grp, came.leads, SUM(spent.base_amount * spent.days / spent.all_days) AS cost
FROM spent
JOIN came ON came.grp = spent.channel
WHERE spent.channel <> ''
GROUP BY came.grp, came.leads
ORDER BY came.grp
