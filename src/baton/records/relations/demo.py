"""Who knows whom in the demo: what a rep was told in passing, and wrote down."""

from datetime import timedelta

from baton.core.demo.slots import Chapter, Story, chapters
from baton.records.people.models import Company, Person
from baton.records.relations.actions import Ends, add_relation
from baton.records.relations.rules import RelationKind

# person | is to | whom | as | so many days ago it ended
TOLD = """
jonas-weil | manages | mia-sorensen | |
emil-vogt | introduced | freja-holst | Met at a dairy fair |
felix-braun | colleague | sofia-lindqvist | Asks her before he buys |
clara-moreau | adviser | Yarrow Farms | Advises on energy, two days a month |
elise-claes | founder | Umber Bakery | |
paolo-riva | founder | Ember Ceramics | |
ville-koski | works_at | Torvik Cement | Shift manager | 410
"""


def tell_relations(story: Story) -> None:
    people: dict[str, Person] = story.cast["people"]
    companies: dict[str, Company] = story.cast["companies"]
    for line in TOLD.strip().splitlines():
        who, kind, whom, title, ended = [cell.strip() for cell in line.split("|")]
        person = people[who]
        ends = Ends(
            person=person,
            kind=RelationKind(kind),
            other=people.get(whom),
            company=companies.get(whom),
        )
        until = story.at.date() - timedelta(days=int(ended)) if ended else None
        told_at = max(story.cast["known_at"][person.pk], story.at - timedelta(days=30))
        story.keep(
            add_relation(
                ends=ends,
                title=title,
                until=until,
                is_past=until is not None,
                by=person.owner,
                at=told_at,
            )
        )


chapters.add(Chapter("who knows whom", 46, tell_relations))
