-- The people whom marketing handed over and whom nobody answered to this day, by group; counted by
-- the day of the handoff.
-- Columns of `let_down`: person_id, campaign, grp.
let_down AS (
    SELECT deal.person_id, deal.campaign, COALESCE(CAST(:deal_group AS TEXT), '') AS grp
    FROM (
        SELECT person_id, rep_id AS deal_owner_id, brought_by AS campaign, made_at AS at
        FROM (:never_answered) AS handed
    ) deal
    JOIN (:cohort) AS cohort ON cohort.id = deal.person_id
    WHERE (:event_from IS NULL OR deal.at >= :event_from)
        AND (:event_to IS NULL OR deal.at < :event_to)
)
