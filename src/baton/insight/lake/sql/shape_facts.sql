-- A fact as the lake keeps it: what reports ask for has a column, the rest stays in the payload.
-- `undone_by` is the batch that could take it away.
SELECT
    :on_day AS on_day,
    raw.position AS event_id,
    raw.name,
    raw.happened_at,
    raw.recorded_at,
    raw.person_id,
    raw.company_id,
    raw.deal_id,
    raw.campaign_id,
    raw.actor_id,
    raw.side,
    raw.touch,
    raw.origin,
    COALESCE(raw.said.channel, '') AS channel,
    COALESCE(raw.said.source, '') AS source,
    COALESCE(raw.said.campaign, '') AS campaign,
    COALESCE(raw.said.landing_page, '') AS landing_page,
    COALESCE(raw.said.from_stage, '') AS from_stage,
    COALESCE(raw.said.to_stage, '') AS to_stage,
    COALESCE(raw.said.is_back, FALSE) AS is_back,
    COALESCE(raw.said.why, '') AS why,
    COALESCE(raw.said.reason, '') AS reason,
    COALESCE(raw.said.kind, '') AS kind,
    COALESCE(raw.said.outcome, '') AS outcome,
    TRY_CAST(raw.said.amount AS DOUBLE) AS amount,
    COALESCE(raw.said.currency, '') AS currency,
    raw.payload,
    raw.undone_by
FROM (
    -- All at once: to read a payload anew for each column is three times the work.
    SELECT *, JSON_TRANSFORM(payload, '{
        "channel": "VARCHAR", "source": "VARCHAR", "campaign": "VARCHAR",
        "landing_page": "VARCHAR", "from_stage": "VARCHAR", "to_stage": "VARCHAR",
        "is_back": "BOOLEAN", "why": "VARCHAR", "reason": "VARCHAR", "kind": "VARCHAR",
        "outcome": "VARCHAR", "amount": "VARCHAR", "currency": "VARCHAR"
    }') AS said
    FROM :raw
) AS raw
JOIN :day AS day ON day.utc_day = CAST(raw.happened_at AS DATE)
