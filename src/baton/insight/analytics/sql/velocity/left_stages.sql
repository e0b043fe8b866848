-- How long deals stood in the open stages that they have left, one row a stay.
-- `month` counts from the first month shown; NULL outside of them. A stay without both days is none.
stays AS (
    SELECT stage_entries.deal_id, stage_entries.stage_id, stage_entries.done_at,
        DAYS(stage_entries.entered_at, stage_entries.left_at) AS days,
        :month AS month
    FROM (
        SELECT deal_id, stage_id, entered_at, left_at, left_at AS done_at FROM stage_entries
        WHERE kind = 'open' AND entered_at IS NOT NULL AND left_at >= entered_at
    ) AS stage_entries
)
