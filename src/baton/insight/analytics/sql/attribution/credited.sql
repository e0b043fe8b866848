-- Each touch with its credit by each model, in cents and in ten-thousandths of a deal.
--
-- `weights` gives a touch its weight from its place among the touches of the deal, one column a
-- model; what else stands here is the same for all of them. What a deal is worth up to a touch is
-- rounded, and a touch has what it adds: so the credits of a deal are its amount to the cent, and
-- all models have equal totals.
placed AS (
    SELECT won.cents, won.cut_at, touches.*,
        ROW_NUMBER() OVER journey AS place,
        COUNT(*) OVER (PARTITION BY touches.deal_id) AS of_touches
    FROM touches
    JOIN won ON won.deal_id = touches.deal_id
    WINDOW journey AS (
        PARTITION BY touches.deal_id
        ORDER BY touches.happened_at, touches.event_id, touches.person_id
    )
),
weighed AS (
    SELECT placed.*, :weights
    FROM placed
),
summed AS (
    SELECT weighed.*, :sums
    FROM weighed
    WINDOW so_far AS (
        PARTITION BY deal_id ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ),
    whole AS (PARTITION BY deal_id)
),
rounded AS (
    SELECT summed.*, :rounded
    FROM summed
),
credited AS (
    SELECT deal_id, cents, person_id, happened_at, event_id, name, channel, source, campaign,
        landing_page, place, of_touches, :grp AS grp, :shares
    FROM rounded
    WINDOW journey AS (PARTITION BY deal_id ORDER BY place)
    UNION ALL
    SELECT deal_id, cents, NULL, NULL, NULL, NULL, '', '', '', '', 0, 0, :no_touch AS grp, :all_of_it
    FROM won
    WHERE deal_id NOT IN (SELECT deal_id FROM touches)
)
