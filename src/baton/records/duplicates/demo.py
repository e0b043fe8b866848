"""Somebody whom Sam typed in at a fair, though marketing knows her already."""

from datetime import timedelta

from baton.core.demo.slots import Chapter, Story, chapters
from baton.records.duplicates.actions import forget_gone, look_again
from baton.records.duplicates.models import COMPANY, PERSON
from baton.records.people.actions import create_person
from baton.records.people.models import Company, Person
from baton.records.people.queries import phones_of

TWICE = "ayla-demir"


def tell_twice(story: Story) -> None:
    """One pair for the queue; everybody is compared at once, as those who come by hand are."""
    people: dict[str, Person] = story.cast["people"]
    companies: dict[str, Company] = story.cast["companies"]
    known = people[TWICE]
    again = create_person(
        first_name=known.first_name,
        last_name=known.last_name,
        full_name="",
        company=known.company,
        country=known.country,
        emails=[f"{known.last_name.lower()}@kiosk.example"],
        phones=[phone.number for phone in phones_of([known.pk])[known.pk]],
        origin="sales",
        owner=story.cast["users"]["sam"],
        by=story.cast["users"]["sam"],
        at=story.at - timedelta(days=3),
    )
    story.keep(again)
    ids = [*(person.pk for person in people.values()), again.pk]
    look_again(object_type=PERSON, ids=ids, at=story.at)
    look_again(object_type=COMPANY, ids=[one.pk for one in companies.values()], at=story.at)


chapters.add(Chapter(name="duplicates", order=90, tell=tell_twice, clear=forget_gone))
