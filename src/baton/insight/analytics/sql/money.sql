-- The deals of those people, by group: pipeline created, revenue, people lost; unknown amounts apart.
WITH visible AS (:visible),
:reached,
deal AS (
    SELECT deals_deal.*,
        deals_deal.owner_id AS deal_owner_id,
        MAX(CASE WHEN state IN ('won', 'open') THEN 1 ELSE 0 END) OVER (PARTITION BY person_id)
            AS has_better,
        ROW_NUMBER() OVER (
            PARTITION BY person_id, state ORDER BY closed_at DESC, id DESC
        ) AS turn
    FROM deals_deal
    WHERE deleted_at IS NULL
),
theirs AS (
    SELECT deal.*, :deal_group AS grp
    FROM deal
    JOIN cohort ON cohort.id = deal.person_id
)
SELECT grp,
    SUM(CASE WHEN :opened_in_period THEN base_amount END) AS pipeline_created,
    SUM(CASE WHEN :opened_in_period THEN 1 ELSE 0 END) AS deals_opened,
    SUM(CASE WHEN state = 'won' AND :closed_in_period THEN base_amount END) AS revenue,
    SUM(CASE WHEN state = 'won' AND :closed_in_period THEN 1 ELSE 0 END) AS deals_won,
    SUM(CASE WHEN state = 'won' AND base_amount IS NULL AND :closed_in_period THEN 1 ELSE 0 END)
        AS unknown_amounts,
    SUM(CASE WHEN state = 'lost' AND has_better = 0 AND turn = 1 AND :closed_in_period THEN 1 ELSE 0 END)
        AS lost
FROM theirs
GROUP BY grp
