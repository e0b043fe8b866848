-- Why sales said no to them: verdicts on handoffs and reasons of lost deals, by group.
WITH visible AS (:visible),
:reached,
said AS (
    SELECT person_id, rep_id AS deal_owner_id, verdict AS reason, 'handoff' AS kind,
        COALESCE(closed_at, answered_at) AS at
    FROM handoff_handoff
    WHERE verdict <> ''
    UNION ALL
    SELECT person_id, owner_id, reason, 'deal', closed_at
    FROM deals_deal
    WHERE state = 'lost' AND deleted_at IS NULL
)
SELECT grp, kind, reason, COUNT(*) AS times
FROM (
    SELECT deal.kind, deal.reason, :deal_group AS grp
    FROM said deal
    JOIN cohort ON cohort.id = deal.person_id
    WHERE (:event_from IS NULL OR deal.at >= :event_from)
        AND (:event_to IS NULL OR deal.at < :event_to)
) AS grouped
GROUP BY grp, kind, reason
ORDER BY times DESC, reason
