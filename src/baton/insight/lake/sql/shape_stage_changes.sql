-- A person's move to a stage, forward or back; `undone_by` is the batch that could take it away.
SELECT
    CAST(day.on_day AS DATE) AS on_day,
    raw.id AS event_id,
    raw.at AS moved_at,
    raw.person_id,
    raw.to_stage,
    raw.is_back,
    raw.owner_id,
    raw.cause,
    raw.undone_by
FROM :raw AS raw
ASOF JOIN :day AS day ON raw.at >= day.starts_at
