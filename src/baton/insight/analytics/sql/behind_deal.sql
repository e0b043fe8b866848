-- The people whose deals and purchases one figure of the report counts.
WITH
:theirs
SELECT person_id FROM theirs WHERE :figure = 1 AND (:is_whole = 1 OR grp = :grp)
