-- How often sales said which no, by group.
WITH
:said
SELECT grp, kind, reason, COUNT(*) AS times
FROM said
GROUP BY grp, kind, reason
ORDER BY times DESC, kind DESC, reason
