-- The touches of those people, up to the opening of the deal and no older than the look-back.
-- Parameter: look_back (days; NULL: however long ago).
--
-- A touch is a fact of marketing that brought us and the person together (a visit, a form, a mail
-- that was answered by a click ...), and that a person responded to a campaign.
told AS (
    SELECT facts.event_id, facts.person_id, facts.happened_at, facts.name,
        COALESCE(NULLIF(facts.channel, ''), joined.channel, '') AS channel,
        COALESCE(NULLIF(facts.campaign, ''), joined.code, '') AS campaign,
        facts.source, facts.landing_page
    FROM facts
    LEFT JOIN campaigns AS joined ON joined.id = facts.campaign_id
    WHERE facts.person_id IN (SELECT person_id FROM party)
        AND ((facts.side = 'marketing' AND facts.touch IN ('ours', 'theirs'))
            OR (facts.name = 'campaign.joined' AND (facts.payload ->> '$.status') = 'responded'))
),
numbered AS (
    SELECT told.*,
        SUM(CASE WHEN name = 'visit.made' THEN 1 ELSE 0 END) OVER (
            PARTITION BY person_id ORDER BY happened_at, event_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS visit,
        COUNT(CASE WHEN name <> 'campaign.joined' THEN 1 END) OVER (
            PARTITION BY person_id, happened_at
        ) AS told_otherwise
    FROM told
),
-- A form has no source and no landing page of its own: those of the visit that it was sent in.
-- A response that a form at the same moment tells of is one touch with it.
visited AS (
    SELECT event_id, person_id, happened_at, name, channel, campaign,
        MAX(source) OVER (PARTITION BY person_id, visit) AS source,
        MAX(landing_page) OVER (PARTITION BY person_id, visit) AS landing_page,
        name = 'campaign.joined' AND told_otherwise > 0 AS is_told_twice
    FROM numbered
),
met AS (
    SELECT party.deal_id, party.cut_at, visited.person_id, visited.happened_at, visited.event_id,
        visited.name, visited.channel, visited.campaign, visited.source, visited.landing_page
    FROM party
    JOIN visited ON visited.person_id = party.person_id
    WHERE NOT visited.is_told_twice
    UNION ALL
    -- The source on a person's record is the first touch of whom no other is known by then.
    SELECT party.deal_id, party.cut_at, party.person_id, party.came_at, 0, 'source',
        party.channel, party.campaign, '', party.landing_page
    FROM party
    LEFT JOIN (
        SELECT person_id, MIN(happened_at) AS first_at FROM told GROUP BY person_id
    ) AS earliest ON earliest.person_id = party.person_id
    WHERE (party.channel <> '' OR party.campaign <> '')
        AND (earliest.first_at IS NULL OR earliest.first_at > party.came_at)
),
-- A campaign by its code, however the link spelled it; the exact one first.
codes AS (
    SELECT spelling.same, MIN(spelling.code) AS code
    FROM (SELECT campaigns.code, :same_code AS same FROM campaigns) AS spelling
    GROUP BY spelling.same
),
touches AS (
    SELECT met.deal_id, met.person_id, met.happened_at, met.event_id, met.name, met.channel,
        met.source, met.landing_page,
        COALESCE(exact.code, codes.code, met.campaign) AS campaign
    FROM met
    LEFT JOIN campaigns AS exact ON exact.code = met.campaign
    LEFT JOIN codes ON codes.same = :same_spelling AND codes.same <> ''
    WHERE met.happened_at <= met.cut_at
        AND (:look_back IS NULL
            OR DATE_DIFF('second', met.happened_at, met.cut_at) <= :look_back * 86400)
)
