-- Who reached which step, when, in which group, and whether that is inferred.
--
-- Parameters: event_from, event_to (UTC): each step counts by its own day.
-- Columns of `reached`: person_id, step, rank, grp, reached_at (null where inferred), is_inferred,
-- goes_on (reached the next step too), days (since the step before), days_from_lead (of customers),
-- latest_at (of any move).
-- The step `moved_on` is no stage: it says when the person left the lead stage, for wherever.
--
-- A person who reached a later step has reached the earlier ones (inferred), except that one whom
-- sales found, or who only bought by themselves, is never inferred as MQL or SAL. A move back
-- neither reaches a stage nor undoes that it was reached.
--
-- Won is who stands so: by a won deal, or by what is no deal (a purchase, by hand, a file). A move
-- that a win brought counts on the day of the first deal that is won still; without one it says that
-- there was an opportunity, no more.
dated AS (
    SELECT cohort.id AS person_id, cohort.origin, cohort.lead_at, cohort.grp,
        MIN(CASE WHEN to_stage = 'lead' AND NOT is_back THEN change.at END) AS entered_at,
        MIN(CASE WHEN to_stage = 'mql' AND NOT is_back THEN change.at END) AS mql_at,
        MIN(CASE WHEN to_stage = 'sal' AND NOT is_back THEN change.at END) AS sal_at,
        MIN(CASE WHEN to_stage = 'sql' AND NOT is_back THEN change.at END) AS sql_at,
        MIN(CASE WHEN to_stage = 'opportunity' AND NOT is_back THEN change.at END) AS opportunity_at,
        MIN(CASE
            WHEN is_back OR to_stage <> 'customer' THEN NULL
            WHEN cause = 'deal.won' THEN win.won_at
            WHEN cause = 'import' AND undone.person_id IS NOT NULL THEN win.won_at
            ELSE change.at END) AS customer_at,
        MIN(CASE WHEN to_stage = 'customer' AND NOT is_back THEN change.at END) AS first_customer_at,
        MIN(CASE WHEN to_stage = 'evangelist' AND NOT is_back THEN change.at END) AS evangelist_at,
        MIN(CASE WHEN to_stage NOT IN ('subscriber', 'lead') THEN change.at END) AS moved_on_at,
        MAX(CASE
            WHEN is_back THEN 0
            WHEN to_stage = 'customer' AND cause IN ('purchase.made', 'subscription.started') THEN 1
            ELSE 0 END) AS has_bought,
        MAX(CASE
            WHEN is_back THEN 0
            WHEN to_stage IN ('sql', 'opportunity') THEN 1
            WHEN to_stage = 'customer' AND cause NOT IN ('purchase.made', 'subscription.started')
                THEN 1
            ELSE 0 END) AS was_sold_to,
        MAX(change.at) AS latest_at
    FROM (:cohort) AS cohort
    LEFT JOIN :changes AS change ON change.person_id = cohort.id
    LEFT JOIN (
        SELECT person_id, MIN(closed_at) AS won_at
        FROM deals_deal
        WHERE state = 'won' AND deleted_at IS NULL
        GROUP BY person_id
    ) AS win ON win.person_id = cohort.id
    LEFT JOIN (SELECT DISTINCT person_id FROM (:undone_wins) AS gone) AS undone
        ON undone.person_id = cohort.id
    GROUP BY cohort.id, cohort.origin, cohort.lead_at, cohort.grp
),
journey AS (
    SELECT dated.*,
        CASE
            WHEN evangelist_at IS NOT NULL OR customer_at IS NOT NULL THEN 6
            WHEN opportunity_at IS NOT NULL OR first_customer_at IS NOT NULL THEN 5
            WHEN sql_at IS NOT NULL THEN 4
            WHEN sal_at IS NOT NULL THEN 3
            WHEN mql_at IS NOT NULL THEN 2
            ELSE 1
        END AS furthest,
        CASE WHEN origin = 'sales' OR (has_bought = 1 AND was_sold_to = 0) THEN 1 ELSE 0 END
            AS skips_handoff
    FROM dated
),
step AS (
    SELECT 'moved_on' AS name, 0 AS rank
    UNION ALL SELECT 'lead', 1
    UNION ALL SELECT 'mql', 2
    UNION ALL SELECT 'sal', 3
    UNION ALL SELECT 'sql', 4
    UNION ALL SELECT 'opportunity', 5
    UNION ALL SELECT 'customer', 6
),
passed AS (
    SELECT journey.person_id, step.name AS step, step.rank, :step_group AS grp,
        CASE step.rank
            WHEN 0 THEN moved_on_at WHEN 1 THEN lead_at WHEN 2 THEN mql_at WHEN 3 THEN sal_at
            WHEN 4 THEN sql_at WHEN 5 THEN opportunity_at ELSE customer_at
        END AS reached_at,
        CASE step.rank
            WHEN 2 THEN lead_at WHEN 3 THEN mql_at WHEN 4 THEN sal_at
            WHEN 5 THEN sql_at WHEN 6 THEN opportunity_at
        END AS before_at,
        CASE
            WHEN furthest <= step.rank OR step.rank = 0 THEN 0
            WHEN step.rank >= 3 OR skips_handoff = 0 THEN 1
            WHEN step.rank = 1 AND mql_at IS NOT NULL THEN 1
            WHEN step.rank = 2 AND sal_at IS NOT NULL THEN 1
            ELSE 0
        END AS goes_on,
        lead_at, latest_at
    FROM journey
    JOIN step ON step.rank <= journey.furthest
    :owners
    WHERE CASE
        WHEN step.rank = 0 THEN moved_on_at IS NOT NULL
        WHEN step.rank = 2 THEN mql_at IS NOT NULL OR skips_handoff = 0
        WHEN step.rank = 3 THEN sal_at IS NOT NULL OR skips_handoff = 0
        ELSE 1 = 1
    END
),
reached AS (
    SELECT person_id, step, rank, grp, reached_at,
        CASE WHEN reached_at IS NULL THEN 1 ELSE 0 END AS is_inferred,
        goes_on,
        CASE WHEN before_at IS NOT NULL THEN DAYS(before_at, reached_at) END AS days,
        CASE WHEN step = 'customer' THEN DAYS(lead_at, reached_at) END AS days_from_lead,
        latest_at
    FROM passed
    WHERE (:event_from IS NULL OR reached_at >= :event_from)
        AND (:event_to IS NULL OR reached_at < :event_to)
)
