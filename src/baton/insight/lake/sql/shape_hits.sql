-- A page seen, with where its visit came from, as far as that was known when the row was sealed.
SELECT
    :on_day AS on_day,
    raw.id AS event_id,
    raw.at AS happened_at,
    raw.visit_id,
    raw.visit__visitor_id AS visitor_id,
    raw.page_id,
    raw.path,
    raw.title,
    raw.visit__channel AS channel,
    raw.visit__source AS source,
    raw.visit__medium AS medium,
    raw.visit__campaign AS campaign,
    raw.visit__referrer AS referrer,
    raw.visit__landing_page AS landing_page
FROM :raw AS raw
JOIN :day AS day ON day.utc_day = CAST(raw.at AS DATE)
