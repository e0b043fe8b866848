-- The purchases that one figure of the report counts.
WITH
:theirs
SELECT order_id FROM theirs WHERE is_purchase = 1 AND (:is_whole = 1 OR grp = :grp)
