-- The deals that one figure of the pipeline report counts; `figure` is what is true of them.
WITH visible AS (:visible),
:counted_deals
SELECT id FROM counted
WHERE (:is_whole = 1 OR grp = :grp) AND (:figure)
