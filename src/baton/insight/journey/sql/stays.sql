-- How long each person was in each stage of the buyer, one row a stay; `spot` -1 is none of them.
-- Moves within a stage of the buyer begin no new stay. `went_on`, of stays
-- that began in the period: was further on at any time later.
moves AS (
    SELECT change.person_id, change.place, change.at, :spot AS spot,
        LAG(:spot) OVER (PARTITION BY change.person_id ORDER BY change.place) AS spot_before
    FROM lifecycle_stagechange AS change
    JOIN (:visible) AS person ON person.id = change.person_id
    WHERE NOT change.is_overtaken
),
turns AS (
    SELECT person_id, place, spot, at AS entered_at,
        LEAD(at) OVER (PARTITION BY person_id ORDER BY place) AS left_at
    FROM moves
    WHERE spot_before IS NULL OR spot <> spot_before
),
stays AS (
    SELECT person_id, spot, entered_at, left_at,
        CASE WHEN entered_at >= :since AND entered_at < :until AND EXISTS (
            SELECT 1 FROM lifecycle_stagechange AS change
            WHERE change.person_id = turns.person_id AND change.place > turns.place
                AND NOT change.is_overtaken AND :spot > turns.spot
        ) THEN 1 ELSE 0 END AS went_on,
        CASE WHEN left_at IS NOT NULL THEN DAYS(entered_at, left_at) END AS days,
        CASE WHEN entered_at >= :since AND entered_at < :until THEN 1 ELSE 0 END AS is_new,
        CASE WHEN left_at >= :since AND left_at < :until THEN 1 ELSE 0 END AS is_over
    FROM turns
    WHERE spot >= 0
),
timed AS (
    SELECT spot, days,
        ROW_NUMBER() OVER (PARTITION BY spot ORDER BY days) AS place,
        COUNT(*) OVER (PARTITION BY spot) AS of_all
    FROM stays
    WHERE is_over = 1 AND days >= 0
),
middle AS (
    SELECT spot,
        MAX(of_all) AS timed,
        AVG(CASE WHEN place * 2 BETWEEN of_all AND of_all + 2 THEN days END) AS median_days,
        MIN(CASE WHEN place * 10 >= of_all * 9 THEN days END) AS slow_days
    FROM timed
    GROUP BY spot
)
