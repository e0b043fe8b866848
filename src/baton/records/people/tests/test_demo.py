from datetime import UTC, datetime
from random import Random

import pytest

from baton.core.demo.slots import Story
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.records.people.demo.telling import tell_companies, tell_people
from baton.records.people.models import Company, Consent, Person, Tag

CODES = {"iso-webinar", "audit-guide", "energy-monitoring", "linkedin-plants", "meter-days"}


def told():
    story = Story(at=datetime(2026, 3, 2, 9, tzinfo=UTC), dice=Random(7))
    with origin(Origin.DEMO):
        tell_companies(story)
        tell_people(story)
    return story


@pytest.mark.django_db
def test_cast_is_complete_and_comes_from_the_campaigns():
    story = told()

    people = story.cast["people"]
    assert (len(people), len(story.cast["companies"])) == (60, 20)
    assert {person.campaign for person in people.values()} == CODES | {"monthly-letter", ""}
    assert people["jonas-weil"].company == story.cast["companies"]["Halden Foods"]
    assert {person.origin for person in people.values()} == {
        "marketing",
        "sales",
        "partner",
        "customer",
    }


@pytest.mark.django_db
def test_story_lies_in_the_past_on_working_days_and_can_be_removed():
    story = told()

    facts = list(FactRecord.objects.filter(name="person.created"))
    assert {fact.origin for fact in facts} == {"demo"}
    assert all(fact.happened_at < story.at and fact.happened_at.weekday() < 5 for fact in facts)
    kept = {type(root) for root in story.roots}
    assert kept == {Company, Person, Consent, Tag}
    assert len(story.roots) == sum(kind.objects.count() for kind in kept)


@pytest.mark.django_db
def test_same_dice_tell_the_same_story():
    first = [(person.full_name, person.origin) for person in told().cast["people"].values()]
    Person.objects.all().delete()
    Company.objects.all().delete()

    assert [(person.full_name, person.origin) for person in told().cast["people"].values()] == first
