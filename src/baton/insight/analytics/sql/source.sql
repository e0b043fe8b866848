-- The original source of a person: the channel, or how the relation began without one.
CASE
    WHEN person.channel <> '' THEN person.channel
    WHEN person.origin <> 'marketing' THEN person.origin
    ELSE ''
END
