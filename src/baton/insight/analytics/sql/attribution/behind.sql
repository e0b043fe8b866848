-- The deals behind a figure: those to which `is_counted` applies (the group has a
-- share by this model, or touched them), with how
-- much of each is the group's.
WITH :won_deals,
:touches,
:credited
SELECT deal_id, SUM(:cents) AS cents, SUM(:parts) AS parts, COUNT(event_id) AS touches
FROM credited
WHERE :is_whole = 1 OR grp = :group
GROUP BY deal_id
HAVING :is_counted
ORDER BY deal_id
