-- How many people were handed over and never answered, by group and by the campaign that is their
-- original source.
WITH
:let_down
SELECT grp, campaign, COUNT(DISTINCT person_id) AS people
FROM let_down
GROUP BY grp, campaign
