-- The deals and purchases of those people, by group, each with what it counts as in the period.
-- Columns of `theirs`: person_id, grp, order_id (of a purchase), base_amount, and 1 or 0 for
-- pipeline_created, revenue, is_deal_won, is_purchase, lost.
--
-- A purchase is worth what is left of it after refunds, on the day it was made. One that belongs to a
-- deal that is won is the same sale: the deal counts. It belongs to no rep.
--
-- A person is lost once, by the latest lost deal that the reader may see, and only where no deal is
-- open or won (seen or not) and nothing else has made them a customer.
better AS (
    SELECT person_id FROM deals_deal
    WHERE state IN ('won', 'open') AND deleted_at IS NULL AND person_id IS NOT NULL
    UNION
    SELECT person_id FROM :changes AS change
    WHERE NOT is_back AND CASE
        WHEN to_stage = 'evangelist' THEN 1 = 1
        WHEN to_stage <> 'customer' OR cause = 'deal.won' THEN 1 = 0
        WHEN cause = 'import' THEN person_id NOT IN (SELECT person_id FROM (:undone_wins) AS gone)
        ELSE 1 = 1
    END
),
deal AS (
    SELECT person_id, owner_id AS deal_owner_id, state, base_amount, opened_at, closed_at,
        ROW_NUMBER() OVER (
            PARTITION BY person_id, state ORDER BY closed_at DESC, id DESC
        ) AS turn
    FROM deals_deal
    WHERE deleted_at IS NULL AND person_id IS NOT NULL AND id IN (:visible_deals)
),
bought AS (
    SELECT id AS order_id, person_id, CAST(NULL AS BIGINT) AS deal_owner_id, net_amount, placed_at
    FROM purchases_order
    WHERE deleted_at IS NULL AND state <> 'cancelled' AND person_id IS NOT NULL
        AND id NOT IN (
            SELECT link.order_id
            FROM deals_dealorder link
            JOIN deals_deal won ON won.id = link.deal_id
            WHERE won.state = 'won' AND won.deleted_at IS NULL
        )
),
theirs AS (
    SELECT deal.person_id, COALESCE(CAST(:deal_group AS TEXT), '') AS grp,
        CAST(NULL AS BIGINT) AS order_id, deal.base_amount,
        CASE WHEN (:event_from IS NULL OR opened_at >= :event_from)
            AND (:event_to IS NULL OR opened_at < :event_to)
            THEN 1 ELSE 0 END AS pipeline_created,
        CASE WHEN state = 'won'
            AND (:event_from IS NULL OR closed_at >= :event_from)
            AND (:event_to IS NULL OR closed_at < :event_to)
            THEN 1 ELSE 0 END AS revenue,
        CASE WHEN state = 'won'
            AND (:event_from IS NULL OR closed_at >= :event_from)
            AND (:event_to IS NULL OR closed_at < :event_to)
            THEN 1 ELSE 0 END AS is_deal_won,
        0 AS is_purchase,
        CASE WHEN state = 'lost' AND turn = 1
            AND (:event_from IS NULL OR closed_at >= :event_from)
            AND (:event_to IS NULL OR closed_at < :event_to)
            AND deal.person_id NOT IN (SELECT person_id FROM better)
            THEN 1 ELSE 0 END AS lost
    FROM deal
    JOIN (:cohort) AS cohort ON cohort.id = deal.person_id
    UNION ALL
    SELECT deal.person_id, COALESCE(CAST(:deal_group AS TEXT), ''), deal.order_id,
        deal.net_amount, 0, 1, 0, 1, 0
    FROM bought AS deal
    JOIN (:cohort) AS cohort ON cohort.id = deal.person_id
    WHERE (:event_from IS NULL OR deal.placed_at >= :event_from)
        AND (:event_to IS NULL OR deal.placed_at < :event_to)
)
