-- The leads of the report, one row each: how soon sales turned to them, and what became of them.
-- Parameters: cohort_from, cohort_to (UTC), zone. `slot` names a wait, `is_ours` tells which
-- activities are ours, `lead_is_date` whether that moment is a mere date, `lead_day` its day.
-- Columns of `worked`: person_id, source, rep, slot, days (what medians are of; NULL where there is
-- none), is_won, is_lost, revenue, has_deal.
--
-- A date without a time of day came in as midnight, of the company's zone or of UTC. A wait between
-- two moments is exact; if one of them is a mere date, the wait is told in days. Where fewer than
-- nine in ten waits are exact, all are told in days. Of a stage that has but a day the hour is that
-- of the record, where it was made on that day. What was done before they came is no answer,
-- but whom it was done to was not left alone.
:arrived,
:reached,
:theirs,
came AS (
    SELECT one.person_id, one.source, one.rep, one.lead_at, one.lead_on, :came_is_date AS is_date
    FROM (
        SELECT cohort.id AS person_id, cohort.grp AS source,
            COALESCE(CAST(people.owner_id AS TEXT), '') AS rep,
            CASE WHEN :lead_is_date AND made.made_at > people.lead_at AND :made_day = :lead_day
                THEN made.made_at ELSE people.lead_at END AS lead_at,
            :lead_day AS lead_on
        FROM (:cohort) AS cohort
        JOIN people ON people.id = cohort.id
        LEFT JOIN (
            SELECT arrived.person_id, MIN(arrived.happened_at) AS made_at
            FROM arrived WHERE arrived.is_new GROUP BY arrived.person_id
        ) AS made ON made.person_id = cohort.id
    ) AS one
),
ours AS (
    SELECT COALESCE(activities.person_id, deals_deal.person_id) AS person_id,
        activities.done_at, :done_day AS done_on, :done_is_date AS is_date
    FROM activities
    LEFT JOIN deals_deal
        ON deals_deal.id = activities.deal_id AND deals_deal.deleted_at IS NULL
    WHERE :is_ours
),
turned AS (
    SELECT came.person_id, COUNT(ours.done_at) AS touches,
        MIN(CASE WHEN ours.done_at >= came.lead_at THEN ours.done_at
            WHEN ours.is_date AND ours.done_on = came.lead_on THEN ours.done_at END) AS first_at
    FROM came
    LEFT JOIN ours ON ours.person_id = came.person_id
    GROUP BY came.person_id
),
waited AS (
    SELECT came.person_id, came.source, came.rep, turned.touches, turned.first_at,
        DAYS(came.lead_at, turned.first_at) AS exact_days,
        DATES(came.lead_on, first_one.done_on) AS whole_days,
        NOT came.is_date AND NOT first_one.is_date AS is_exact
    FROM came
    JOIN turned ON turned.person_id = came.person_id
    LEFT JOIN (
        SELECT DISTINCT ours.person_id, ours.done_at, ours.done_on, ours.is_date FROM ours
    ) AS first_one
        ON first_one.person_id = came.person_id AND first_one.done_at = turned.first_at
),
unit AS (
    SELECT COUNT(*) > 0 AND COUNT(CASE WHEN is_exact THEN 1 END) * 10 >= COUNT(*) * 9 AS is_hourly
    FROM waited
    WHERE first_at IS NOT NULL
),
told AS (
    SELECT waited.person_id, waited.source, waited.rep, waited.touches, waited.first_at,
        unit.is_hourly AND waited.is_exact AS is_hours,
        CASE WHEN unit.is_hourly AND waited.is_exact THEN waited.exact_days
            ELSE waited.whole_days END AS wait,
        unit.is_hourly
    FROM waited
    CROSS JOIN unit
),
paid AS (
    SELECT person_id, SUM(CASE WHEN revenue = 1 THEN base_amount END) AS revenue, MAX(lost) AS lost
    FROM theirs
    GROUP BY person_id
),
worked AS (
    SELECT told.person_id, told.source, told.rep, told.is_hourly,
        CASE WHEN told.touches = 0 THEN 'never' WHEN told.first_at IS NULL THEN 'before' :slot END
            AS slot,
        CASE WHEN told.is_hours OR NOT told.is_hourly THEN told.wait END AS days,
        won.person_id IS NOT NULL AS is_won,
        COALESCE(paid.lost, 0) = 1 AS is_lost,
        paid.revenue,
        dealt.person_id IS NOT NULL AS has_deal
    FROM told
    LEFT JOIN paid ON paid.person_id = told.person_id
    LEFT JOIN (SELECT person_id FROM reached WHERE step = 'customer') AS won
        ON won.person_id = told.person_id
    LEFT JOIN (SELECT DISTINCT person_id FROM deals_deal WHERE deleted_at IS NULL) AS dealt
        ON dealt.person_id = told.person_id
)
