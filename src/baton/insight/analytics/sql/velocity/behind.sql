-- The deals that one figure counts; `figure` is what is true of them.
-- Parameters: is_whole, group; from_on, to_on (days of closing, or of being open: `to_on`).
WITH :sold
SELECT DISTINCT id FROM sold
WHERE (:is_whole = 1 OR grp = :group) AND :figure
ORDER BY id
