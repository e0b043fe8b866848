-- The people to whom sales said no; with that reason, when one is given.
WITH
:said
SELECT person_id FROM said
WHERE (:is_whole = 1 OR grp = :grp)
    AND (:kind = '' OR kind = :kind)
    AND (:reason = '' OR reason = :reason)
