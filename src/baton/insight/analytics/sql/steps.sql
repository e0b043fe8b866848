-- By group and step: how many reached it, how many of those are inferred, how many went on to the
-- next; median days since the step before, and (as step 7) from lead to customer. A median is the
-- mean of the middle two. Of days below zero only their number is told. The days that lie in the
-- middle of all groups together come along as whole_days and whole_count.
WITH
:reached,
counted AS (
    SELECT rank, grp,
        COUNT(*) AS people,
        SUM(is_inferred) AS inferred,
        SUM(goes_on) AS went_on,
        SUM(CASE WHEN days < 0 THEN 1 ELSE 0 END) AS negative,
        SUM(CASE WHEN days_from_lead < 0 THEN 1 ELSE 0 END) AS negative_wins,
        MIN(reached_at) AS first_at,
        MAX(latest_at) AS latest_at
    FROM reached
    GROUP BY rank, grp
),
span AS (
    SELECT rank, grp, days FROM reached WHERE days >= 0
    UNION ALL
    SELECT 7, grp, days_from_lead FROM reached WHERE days_from_lead >= 0
),
placed AS (
    SELECT rank, grp, days,
        ROW_NUMBER() OVER own AS place,
        COUNT(*) OVER own AS people,
        ROW_NUMBER() OVER whole AS whole_place,
        COUNT(*) OVER whole AS whole_people
    FROM span
    WINDOW own AS (
        PARTITION BY rank, grp ORDER BY days
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ),
    whole AS (
        PARTITION BY rank ORDER BY days
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
),
middle AS (
    SELECT rank, grp,
        CASE WHEN place * 2 BETWEEN people AND people + 2 THEN days END AS own_days,
        CASE WHEN whole_place * 2 BETWEEN whole_people AND whole_people + 2 THEN days END
            AS whole_days
    FROM placed
)
SELECT rank, grp, people, inferred, went_on, negative, negative_wins, first_at, latest_at,
    NULL AS days, NULL AS whole_days, 0 AS whole_count
FROM counted
UNION ALL
SELECT rank, grp, 0, 0, 0, 0, 0, NULL, NULL,
    AVG(own_days), SUM(whole_days), COUNT(whole_days)
FROM middle
WHERE own_days IS NOT NULL OR whole_days IS NOT NULL
GROUP BY rank, grp
