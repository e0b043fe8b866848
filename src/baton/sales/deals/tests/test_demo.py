from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from baton.core.access.actions import create_user
from baton.core.demo.slots import Story, chapters
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.core.settings.actions import set_up_organisation
from baton.records.people.tests.factories import a_person
from baton.records.purchases.tests.factories import a_product
from baton.sales.deals.demo.story import plots, tell_deals, tell_pipeline
from baton.sales.deals.models import Deal, StageEntry

pytestmark = pytest.mark.django_db
REPS = ("teo", "ravi", "sam")
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)  # a Wednesday


@pytest.fixture(scope="module")
def story(lasting):
    set_up_organisation(name="Fennmark", zone="Europe/Berlin", base_currency="EUR")
    story = Story(at=AT, dice=Random(7))
    story.cast["users"] = {
        name: create_user(name=name, role="rep") for name in ("teo", "ravi", "sam")
    }
    codes = {code for plot in plots() for code in plot.lines}
    story.cast["products"] = {
        code: a_product(code=code, price=Decimal(10), currency="EUR") for code in codes
    }
    people = {
        f"p{days}": a_person(origin="sales", at=AT - timedelta(days=days)) for days in range(20, 50)
    }
    story.cast["people"] = people
    story.cast["known_at"] = {
        person.pk: AT - timedelta(days=int(name[1:])) for name, person in people.items()
    }
    with origin(Origin.DEMO):
        tell_pipeline(story)
        tell_deals(story)
    return story


def test_the_story_has_deals_in_every_stage_won_and_lost(story):
    deals = Deal.objects.all()

    assert deals.count() == 25
    assert set(deals.values_list("stage__name", flat=True)) == {
        "New",
        "Qualified",
        "Meeting",
        "Proposal",
        "Negotiation",
        "Won",
        "Lost",
    }
    assert deals.filter(state="lost", competitor="Wattline").exists()
    assert deals.filter(state="open", next_step="").exists()
    assert set(deals.values_list("owner__name", flat=True)) == set(REPS)


def test_the_story_lies_in_the_past_and_in_order(story):
    entered = StageEntry.objects.order_by("deal", "pk").values_list("deal", "entered_at")

    assert list(entered) == sorted(entered)
    assert not StageEntry.objects.filter(entered_at__gte=AT).exists()
    assert set(FactRecord.objects.values_list("origin", flat=True)) >= {"demo"}


def test_all_that_is_made_is_kept_for_its_removal(story):
    kept = {record.pk for record in story.roots if isinstance(record, Deal)}

    assert kept == set(Deal.objects.values_list("pk", flat=True))
    assert {"pipeline", "deals"} <= {chapter.name for chapter in chapters}
