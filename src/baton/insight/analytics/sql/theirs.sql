-- The deals of those people, by group, each with what it counts as in the period.
-- Columns of `theirs`: person_id, grp, base_amount, pipeline_created, revenue, lost (1 or 0).
--
-- A person is lost once, by the latest lost deal, and only where no other deal is open or won.
deal AS (
    SELECT person_id, owner_id AS deal_owner_id, state, base_amount, opened_at, closed_at,
        MAX(CASE WHEN state IN ('won', 'open') THEN 1 ELSE 0 END) OVER (PARTITION BY person_id)
            AS has_better,
        ROW_NUMBER() OVER (
            PARTITION BY person_id, state ORDER BY closed_at DESC, id DESC
        ) AS turn
    FROM deals_deal
    WHERE deleted_at IS NULL
),
theirs AS (
    SELECT deal.person_id, COALESCE(CAST(:deal_group AS TEXT), '') AS grp, deal.base_amount,
        CASE WHEN (:event_from IS NULL OR opened_at >= :event_from)
            AND (:event_to IS NULL OR opened_at < :event_to)
            THEN 1 ELSE 0 END AS pipeline_created,
        CASE WHEN state = 'won'
            AND (:event_from IS NULL OR closed_at >= :event_from)
            AND (:event_to IS NULL OR closed_at < :event_to)
            THEN 1 ELSE 0 END AS revenue,
        CASE WHEN state = 'lost' AND has_better = 0 AND turn = 1
            AND (:event_from IS NULL OR closed_at >= :event_from)
            AND (:event_to IS NULL OR closed_at < :event_to)
            THEN 1 ELSE 0 END AS lost
    FROM deal
    JOIN (:cohort) AS cohort ON cohort.id = deal.person_id
)
