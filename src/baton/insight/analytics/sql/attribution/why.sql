-- The touches of one deal in their order, each with its share by every model.
WITH :won_deals,
:touches,
:credited
SELECT * FROM credited ORDER BY place
