-- The campaign that a person's code means, however it was written in the link; the exact one first.
LEFT JOIN (
    SELECT spelled.campaign AS spelling,
        COALESCE(
            MAX(CASE WHEN known.code = spelled.campaign THEN known.code END), MIN(known.code)
        ) AS code
    FROM (
        SELECT DISTINCT campaign, :same_spelling AS same FROM people_person WHERE campaign <> ''
    ) AS spelled
    JOIN (
        SELECT code, :same_code AS same FROM campaigns_campaign WHERE deleted_at IS NULL
    ) AS known ON known.same = spelled.same
    GROUP BY spelled.campaign
) AS met ON met.spelling = person.campaign
