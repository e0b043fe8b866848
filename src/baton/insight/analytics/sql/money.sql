-- Pipeline created, revenue (of deals won and of purchases) and people lost, by group; those of
-- which no amount is known apart.
WITH
:theirs
SELECT grp,
    SUM(CASE WHEN pipeline_created = 1 THEN base_amount END) AS pipeline_created,
    SUM(pipeline_created) AS deals_opened,
    SUM(CASE WHEN revenue = 1 THEN base_amount END) AS revenue,
    SUM(is_deal_won) AS deals_won,
    SUM(is_purchase) AS purchases,
    SUM(CASE WHEN pipeline_created = 1 AND base_amount IS NULL THEN 1 ELSE 0 END)
        AS unknown_opened,
    SUM(CASE WHEN is_deal_won = 1 AND base_amount IS NULL THEN 1 ELSE 0 END) AS unknown_amounts,
    SUM(CASE WHEN is_purchase = 1 AND base_amount IS NULL THEN 1 ELSE 0 END) AS unknown_purchases,
    SUM(lost) AS lost
FROM theirs
GROUP BY grp
