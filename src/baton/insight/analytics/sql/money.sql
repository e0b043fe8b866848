-- Pipeline created, revenue and people lost, by group; deals without an amount apart.
WITH
:theirs
SELECT grp,
    SUM(CASE WHEN pipeline_created = 1 THEN base_amount END) AS pipeline_created,
    SUM(pipeline_created) AS deals_opened,
    SUM(CASE WHEN revenue = 1 THEN base_amount END) AS revenue,
    SUM(revenue) AS deals_won,
    SUM(CASE WHEN pipeline_created = 1 AND base_amount IS NULL THEN 1 ELSE 0 END)
        AS unknown_opened,
    SUM(CASE WHEN revenue = 1 AND base_amount IS NULL THEN 1 ELSE 0 END) AS unknown_amounts,
    SUM(lost) AS lost
FROM theirs
GROUP BY grp
