-- The deals of the report, opened in the period, by group; without a period also undated ones.
-- Columns of `counted`: id, state, opened_at, closed_at, amount, grp.
counted AS (
    SELECT deal.id, deal.state, deal.opened_at, deal.closed_at, :amount AS amount,
        COALESCE(CAST(:group AS TEXT), '') AS grp
    FROM deals_deal deal
    :joins
    WHERE deal.deleted_at IS NULL
        AND deal.id IN (SELECT id FROM visible)
        AND (:cohort_from IS NULL OR deal.opened_at >= :cohort_from)
        AND (:cohort_to IS NULL OR deal.opened_at < :cohort_to)
)
