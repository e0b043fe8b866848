-- Why sales said no to those people: verdicts on handoffs and reasons of lost deals, by group.
-- What an account executive gives back to the SDR is no word to marketing.
-- Columns of `said`: person_id, grp, kind (handoff or deal), reason.
refusal AS (
    SELECT person_id, rep_id AS deal_owner_id, verdict AS reason, 'handoff' AS kind,
        COALESCE(closed_at, answered_at) AS at
    FROM handoff_handoff
    WHERE verdict <> '' AND (kind <> 'sdr_to_ae' OR state <> 'rejected')
    UNION ALL
    SELECT person_id, owner_id, reason, 'deal', closed_at
    FROM deals_deal
    WHERE state = 'lost' AND deleted_at IS NULL AND id IN (:visible_deals)
),
said AS (
    SELECT deal.person_id, deal.kind, deal.reason, COALESCE(CAST(:deal_group AS TEXT), '') AS grp
    FROM refusal deal
    JOIN (:cohort) AS cohort ON cohort.id = deal.person_id
    WHERE (:event_from IS NULL OR deal.at >= :event_from)
        AND (:event_to IS NULL OR deal.at < :event_to)
)
