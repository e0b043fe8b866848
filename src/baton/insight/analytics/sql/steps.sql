-- By group and step: how many reached it, how many of those are inferred, how many went on to the
-- next; median days since the step before, and (`win`) from lead to customer. A median is the mean
-- of the middle two. Of days below zero only their number is told. The rows that lie in the middle
-- of all groups together come along as whole_days and whole_count.
WITH
:reached,
counted AS (
    SELECT grp, step,
        COUNT(*) AS people,
        SUM(is_inferred) AS inferred,
        SUM(goes_on) AS went_on,
        SUM(CASE WHEN days < 0 THEN 1 ELSE 0 END) AS negative,
        SUM(CASE WHEN step = 'customer' AND days_from_lead < 0 THEN 1 ELSE 0 END) AS negative_wins,
        MIN(at) AS first_at,
        MAX(latest_at) AS latest_at
    FROM reached
    GROUP BY grp, step
),
span AS (
    SELECT grp, step, days FROM reached WHERE days >= 0
    UNION ALL
    SELECT grp, 'win', days_from_lead FROM reached WHERE step = 'customer' AND days_from_lead >= 0
),
placed AS (
    SELECT grp, step, days,
        ROW_NUMBER() OVER own AS place,
        COUNT(*) OVER own AS people,
        ROW_NUMBER() OVER whole AS whole_place,
        COUNT(*) OVER whole AS whole_people
    FROM span
    WINDOW own AS (
        PARTITION BY step, grp ORDER BY days
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ),
    whole AS (
        PARTITION BY step ORDER BY days
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
)
SELECT grp, step, people, inferred, went_on, negative, negative_wins, first_at, latest_at,
    NULL AS days, NULL AS whole_days, 0 AS whole_count
FROM counted
UNION ALL
SELECT grp, step, 0, 0, 0, 0, 0, NULL, NULL,
    AVG(CASE WHEN place * 2 BETWEEN people AND people + 2 THEN days END),
    SUM(CASE WHEN whole_place * 2 BETWEEN whole_people AND whole_people + 2 THEN days END),
    COUNT(CASE WHEN whole_place * 2 BETWEEN whole_people AND whole_people + 2 THEN 1 END)
FROM placed
GROUP BY grp, step
