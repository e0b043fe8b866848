-- The deals of the report, by group, each with what it counts as in the period.
-- Columns of `counted`: id, state, opened_at, closed_at, amount, grp, and 1 or 0 for
--   is_created  opened in the period; an undated one on the day it was brought in
--   is_open     open now, whatever the period
--   is_closed   won or lost in the period (`state` says which)
counted AS (
    SELECT * FROM (
        SELECT deal.id, deal.state, deal.opened_at, deal.closed_at, :amount AS amount,
            COALESCE(CAST(:group AS TEXT), '') AS grp,
            CASE WHEN (:since IS NULL OR COALESCE(deal.opened_at, deal.created_at) >= :since)
                AND (:until IS NULL OR COALESCE(deal.opened_at, deal.created_at) < :until)
                THEN 1 ELSE 0 END AS is_created,
            CASE WHEN deal.state = 'open' THEN 1 ELSE 0 END AS is_open,
            CASE WHEN deal.state <> 'open'
                AND (:since IS NULL OR deal.closed_at >= :since)
                AND (:until IS NULL OR deal.closed_at < :until)
                THEN 1 ELSE 0 END AS is_closed
        FROM deals_deal deal
        :joins
        WHERE deal.deleted_at IS NULL AND deal.id IN (SELECT id FROM visible)
    ) AS every
    WHERE is_created = 1 OR is_open = 1 OR is_closed = 1
)
