-- The people of the report: whom the user may see, by when they became leads; `grp` is their group.
-- Parameters: cohort_from, cohort_to (UTC). `visible` brings the columns that are read here.
-- Put in where it is read, `FROM (:cohort) AS cohort`: SQLite would keep a copy of a named one.
SELECT person.id, person.origin, person.lead_at, :person_group AS grp
FROM (:visible) AS person
:person_joins
WHERE person.lead_at IS NOT NULL
    AND (:cohort_from IS NULL OR person.lead_at >= :cohort_from)
    AND (:cohort_to IS NULL OR person.lead_at < :cohort_to)
