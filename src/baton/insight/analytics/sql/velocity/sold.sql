-- The deals by group, each with the days that it counts on.
-- Columns of `sold`: id, grp, state, amount, began_on (an undated one on the day it was brought in),
-- closed_on, days (from opened to won; NULL where nobody knows, and where it was won before).
sold AS (
    SELECT deals.id, COALESCE(CAST(:grp AS TEXT), '') AS grp, deals.state, :amount AS amount,
        CASE
            WHEN deals.closed_on < COALESCE(deals.opened_on, deals.created_on) THEN deals.closed_on
            ELSE COALESCE(deals.opened_on, deals.created_on)
        END AS began_on,
        deals.closed_on,
        CASE WHEN deals.state = 'won' AND deals.closed_at >= deals.opened_at
            THEN DAYS(deals.opened_at, deals.closed_at) END AS days
    FROM deals
    :joins
)
