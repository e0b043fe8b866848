-- The deals that were won in the period, the purchases made in it, and whose touches count for each.
-- Parameters: from_on, to_on (days of the win), deal (NULL: all of them).
-- `cut_at`: what came later brought no deal. Where nobody knows the opening, it is the win.
-- A purchase has its id below zero; one that belongs to a won deal is the same sale as that.
won AS (
    SELECT deals.id AS deal_id, deals.person_id, deals.company_id,
        CAST(ROUND(deals.base_amount * 100) AS BIGINT) AS cents,
        CASE WHEN deals.opened_at <= deals.closed_at THEN deals.opened_at ELSE deals.closed_at END
            AS cut_at
    FROM deals
    WHERE deals.state = 'won'
        AND (:from_on IS NULL OR deals.closed_on >= :from_on)
        AND (:to_on IS NULL OR deals.closed_on <= :to_on)
        AND (:deal IS NULL OR deals.id = :deal)
    UNION ALL
    SELECT -orders.id, orders.person_id, orders.company_id,
        CAST(ROUND(orders.net_amount * 100) AS BIGINT), orders.placed_at
    FROM orders
    WHERE orders.state <> 'cancelled' AND NOT orders.is_of_deal
        AND (:from_on IS NULL OR orders.placed_on >= :from_on)
        AND (:to_on IS NULL OR orders.placed_on <= :to_on)
        AND (:deal IS NULL OR -orders.id = :deal)
),
-- The person of the deal or the purchase; of one without a person, everybody of its company.
party AS (
    SELECT won.deal_id, won.cut_at, people.id AS person_id, people.channel, people.campaign,
        people.landing_page,
        CASE WHEN people.lead_at <= won.cut_at THEN people.lead_at ELSE won.cut_at END AS came_at
    FROM won
    JOIN people ON people.id = won.person_id
    UNION ALL
    SELECT won.deal_id, won.cut_at, people.id, people.channel, people.campaign,
        people.landing_page,
        CASE WHEN people.lead_at <= won.cut_at THEN people.lead_at ELSE won.cut_at END
    FROM won
    JOIN people ON people.company_id = won.company_id
    WHERE won.person_id IS NULL
)
