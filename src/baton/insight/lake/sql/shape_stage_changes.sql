-- A person's move to a stage, forward or back; `undone_by` is the batch that could take it away.
SELECT
    :on_day AS on_day,
    raw.id AS event_id,
    raw.at AS moved_at,
    raw.person_id,
    raw.to_stage,
    raw.is_back,
    raw.owner_id,
    raw.cause,
    raw.undone_by
FROM :raw AS raw
JOIN :day AS day ON day.utc_day = CAST(raw.at AS DATE)
