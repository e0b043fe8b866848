-- A fact as the lake keeps it: what reports ask for has a column, the rest stays in the payload.
-- `undone_by` is the batch that could take it away.
SELECT
    CAST(day.on_day AS DATE) AS on_day,
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
    COALESCE(raw.payload ->> '$.channel', '') AS channel,
    COALESCE(raw.payload ->> '$.source', '') AS source,
    COALESCE(raw.payload ->> '$.campaign', '') AS campaign,
    COALESCE(raw.payload ->> '$.landing_page', '') AS landing_page,
    COALESCE(raw.payload ->> '$.from_stage', '') AS from_stage,
    COALESCE(raw.payload ->> '$.to_stage', '') AS to_stage,
    COALESCE(raw.payload ->> '$.is_back', 'false') = 'true' AS is_back,
    COALESCE(raw.payload ->> '$.why', '') AS why,
    COALESCE(raw.payload ->> '$.reason', '') AS reason,
    COALESCE(raw.payload ->> '$.kind', '') AS kind,
    COALESCE(raw.payload ->> '$.outcome', '') AS outcome,
    TRY_CAST(raw.payload ->> '$.amount' AS DOUBLE) AS amount,
    COALESCE(raw.payload ->> '$.currency', '') AS currency,
    raw.payload,
    raw.undone_by
FROM :raw AS raw
ASOF JOIN :day AS day ON raw.happened_at >= day.starts_at
