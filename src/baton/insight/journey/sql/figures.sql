-- A row for each stage of the buyer that anybody was in. Of the stays of a person one goes on, so
-- that those need no DISTINCT.
WITH :stays
SELECT stays.spot,
    COUNT(CASE WHEN left_at IS NULL THEN person_id END) AS here,
    COUNT(DISTINCT CASE WHEN is_new = 1 THEN person_id END) AS entered,
    COUNT(DISTINCT CASE WHEN is_over = 1 THEN person_id END) AS gone,
    COUNT(DISTINCT CASE WHEN is_new = 1 AND went_on = 1 THEN person_id END) AS went_on,
    COUNT(CASE WHEN is_new = 1 AND left_at IS NULL THEN person_id END) AS still,
    COUNT(CASE WHEN left_at IS NULL AND DAYS(entered_at, :now) > middle.slow_days
        THEN person_id END) AS long,
    MAX(middle.timed) AS timed,
    MAX(middle.median_days) AS median_days,
    MAX(middle.slow_days) AS slow_days
FROM stays
LEFT JOIN middle ON middle.spot = stays.spot
GROUP BY stays.spot
