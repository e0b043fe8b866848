-- Under whom each step was reached; '' is nobody, null that there is no such fact.
-- An inferred step has no fact of its own: its rep is that of the next step that has one.
-- A change is unique by person, stage, time and direction: no step has two.
LEFT JOIN (
    SELECT journey.person_id,
        MAX(CASE WHEN NOT is_back AND to_stage = 'lead' AND change.at = entered_at THEN :owner END) AS lead_owner,
        MAX(CASE WHEN NOT is_back AND to_stage = 'mql' AND change.at = mql_at THEN :owner END) AS mql_owner,
        MAX(CASE WHEN NOT is_back AND to_stage = 'sal' AND change.at = sal_at THEN :owner END) AS sal_owner,
        MAX(CASE WHEN NOT is_back AND to_stage = 'sql' AND change.at = sql_at THEN :owner END) AS sql_owner,
        MAX(CASE WHEN NOT is_back AND to_stage = 'opportunity' AND change.at = opportunity_at THEN :owner END)
            AS opportunity_owner,
        -- Of a win that stands after another was undone there may be no move of its own.
        COALESCE(
            MAX(CASE WHEN NOT is_back AND to_stage = 'customer' AND change.at = customer_at THEN :owner END),
            MAX(CASE WHEN NOT is_back AND to_stage = 'customer' AND change.at = first_customer_at
                THEN :owner END)
        ) AS customer_owner,
        MAX(CASE WHEN NOT is_back AND to_stage = 'evangelist' AND change.at = evangelist_at THEN :owner END)
            AS evangelist_owner
    FROM journey
    JOIN :changes AS change ON change.person_id = journey.person_id
    GROUP BY journey.person_id
) AS owned ON owned.person_id = journey.person_id
