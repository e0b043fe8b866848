-- Days from one step to a later one, by group: median (mean of the middle two), how many, and how
-- many were left out since the later date lies before the earlier one.
WITH visible AS (:visible),
:reached,
:grouped,
pair AS (
    SELECT 'lead' AS start_step, 'mql' AS end_step
    UNION ALL SELECT 'mql', 'sal'
    UNION ALL SELECT 'sal', 'sql'
    UNION ALL SELECT 'sql', 'opportunity'
    UNION ALL SELECT 'opportunity', 'customer'
    UNION ALL SELECT 'lead', 'customer'
),
span AS (
    SELECT ending.grp, pair.start_step, pair.end_step, DAYS(starting.at, ending.at) AS days
    FROM pair
    JOIN grouped ending ON ending.step = pair.end_step AND ending.is_inferred = 0
    JOIN reached starting
        ON starting.person_id = ending.person_id
        AND starting.step = pair.start_step
        AND starting.is_inferred = 0
    WHERE starting.at IS NOT NULL AND ending.at IS NOT NULL
),
placed AS (
    SELECT grp, start_step, end_step, days,
        ROW_NUMBER() OVER (PARTITION BY grp, start_step, end_step ORDER BY days) AS place,
        COUNT(*) OVER (PARTITION BY grp, start_step, end_step) AS people
    FROM span
    WHERE days >= 0
),
median AS (
    SELECT grp, start_step, end_step, AVG(days) AS days, MAX(people) AS people
    FROM placed
    WHERE place * 2 BETWEEN people AND people + 2
    GROUP BY grp, start_step, end_step
),
negative AS (
    SELECT grp, start_step, end_step, COUNT(*) AS people
    FROM span
    WHERE days < 0
    GROUP BY grp, start_step, end_step
)
SELECT median.grp, median.start_step, median.end_step, median.days, median.people,
    COALESCE(negative.people, 0) AS negative
FROM median
LEFT JOIN negative
    ON negative.start_step = median.start_step
    AND negative.end_step = median.end_step
    AND COALESCE(CAST(negative.grp AS TEXT), '') = COALESCE(CAST(median.grp AS TEXT), '')
UNION ALL
SELECT negative.grp, negative.start_step, negative.end_step, NULL, 0, negative.people
FROM negative
WHERE NOT EXISTS (
    SELECT 1 FROM median
    WHERE median.start_step = negative.start_step
        AND median.end_step = negative.end_step
        AND COALESCE(CAST(negative.grp AS TEXT), '') = COALESCE(CAST(median.grp AS TEXT), '')
)
