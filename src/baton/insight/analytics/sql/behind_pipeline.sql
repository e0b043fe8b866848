-- The deals that one figure of the pipeline report counts.
WITH visible AS (:visible),
:counted_deals
SELECT id FROM counted
WHERE (:is_whole = 1 OR grp = :grp)
    AND (:state = '' OR state = :state)
    AND (:only_undated = 0 OR opened_at IS NULL)
