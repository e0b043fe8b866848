"""A year of the demo: the same dice tell the same year, and all that is shown follows from it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings

from baton.core.access.models import User
from baton.core.calendars.models import Leave
from baton.core.calendars.queries import hours_of
from baton.core.demo.actions import heard_along, remove_story, tell_year
from baton.core.demo.actions import year as telling
from baton.core.demo.models import DemoRow
from baton.core.demo.slots import chapters
from baton.core.facts.models import Cursor, FactRecord
from baton.core.facts.numbering import seat_subscribers
from baton.core.search.indexes import indexes
from baton.core.search.keeping import count_wrong
from baton.insight.analytics.queries import PipelineQuestion, Question, closed_loop, pipeline
from baton.qualification.handoff.models import Handoff, Offer
from baton.qualification.handoff.rules import State
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.scoring.actions import recompute_people
from baton.records.people.models import Person
from baton.records.timeline.actions import refresh_latest_touch
from baton.sales.customers.models import Customer
from baton.sales.deals.models import Deal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = 90
COUNTED = {"people", "handoff", "deals", "capture", "timeline", "customers"}


def tell(**more):
    """Without the cast, whose story the tests of the small one tell."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "chapters", [one for one in chapters if one.order < 29])
        patch.setattr(telling, "BITE", 40)
        return tell_year(at=AT, people=PEOPLE, **more)


@pytest.fixture(scope="module")
def year(lasting, tmp_path_factory):
    with override_settings(HOME=tmp_path_factory.mktemp("home")):
        seat_subscribers()
        tell(hearing=heard_along)
        yield


def figures():
    """What reports say, and how many rows there are of each kind."""
    rows = {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label
        in {"people", "handoff", "deals", "capture", "timeline", "customers"}
    }
    deals = [replace(row, group="", group_key="") for row in pipeline(PipelineQuestion()).rows]
    return closed_loop(Question(by="campaign", at=AT)), deals, rows


def test_same_seed_tells_the_same_year(tmp_path, settings):
    settings.HOME = tmp_path
    told = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            tell(seed=seed)
            told.append(figures())
            transaction.set_rollback(True)

    assert told[0] == told[1]
    assert told[0][0] != told[2][0]


def test_year_that_is_stopped_leaves_whole_bites_that_can_be_removed(tmp_path, settings):
    settings.HOME = tmp_path

    def stop(count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell(told=stop)

    assert Person.objects.count() == 40
    remove_story()
    assert not DemoRow.objects.exists()
    assert not Person.objects.exists()
    assert not Handoff.objects.exists()


def test_bites_are_heard_when_they_are_told(year):
    end = Cursor.objects.get(name=Cursor.LINE).position

    assert end == FactRecord.objects.count()
    assert set(Cursor.objects.values_list("position", flat=True)) == {end}


def test_shown_values_follow_from_what_happened(year):
    shown = ("fit", "engagement", "score", "stage", "latest_touch", "latest_touch_at")
    before = list(Person.objects.order_by("pk").values_list(*shown))
    ids = list(Person.objects.values_list("pk", flat=True))

    recompute_people(person_ids=ids, at=AT)
    refresh_latest_touch(person_ids=ids)

    after = list(Person.objects.order_by("pk").values_list(*shown))
    assert [row[3:] for row in after] == [row[3:] for row in before]
    # They were scored at the hour of this test, which is later than the story's.
    assert [row[0] for row in after] == [row[0] for row in before]


def test_stage_of_everybody_is_the_latest_of_their_history(year):
    latest = {
        change.person_id: change.to_stage
        for change in StageChange.objects.filter(is_overtaken=False).order_by("place")
    }

    assert dict(Person.objects.values_list("pk", "stage")) == latest


def test_everybody_is_found_by_their_words(year):
    assert [index.record for index in indexes if count_wrong(index)] == []


def test_nobody_on_leave_is_asked(year):
    sam = User.objects.get(name="Sam Okoye")
    leave = Leave.objects.order_by("from_on").filter(user=sam)[0]
    start, end = leave.days_away().as_leave(zone="Europe/Berlin")

    assert (end - start).days == 21
    assert start in [one[0] for one in hours_of(sam).leave]
    assert Offer.objects.filter(rep=sam).exists()
    assert not Offer.objects.filter(rep=sam, offered_at__gte=start, offered_at__lt=end).exists()


def test_some_ask_at_once_and_others_ripen_over_weeks(year):
    days = [
        (handoff.made_at - handoff.person.lead_at).days
        for handoff in Handoff.objects.select_related("person")
        if handoff.person.lead_at
    ]

    assert sum(one < 1 for one in days) >= 3
    assert sum(one > 10 for one in days) >= 3


def test_whom_an_sdr_qualified_is_handed_on(year):
    handed = Handoff.objects.to_executives().select_related("person")
    taken = [one for one in handed if one.state != State.REJECTED]

    assert set(handed.values_list("handed_by__name", flat=True)) == {"Ravi Patel"}
    assert set(handed.values_list("rep__name", flat=True)) <= {"Teo Nilsson", "Sam Okoye"}
    assert {one.person.owner_id for one in taken} <= {one.rep_id for one in taken}
    assert handed.filter(closed_at__isnull=False).exists()


def test_each_firm_that_bought_is_one_customer(year):
    won = Deal.objects.filter(state="won").values_list("company_id", flat=True)
    customers = Customer.objects.values_list("company_id", flat=True)

    assert sorted(customers) == sorted(set(won))


def test_nothing_of_a_year_happens_after_it(year):
    assert not Handoff.objects.filter(made_at__gt=AT).exists()
    assert not Handoff.objects.filter(closed_at__gt=AT).exists()
    assert not Deal.objects.filter(stage_at__gt=AT).exists()
    assert not StageChange.objects.filter(at__gt=AT).exists()


def test_nobody_waits_for_an_answer_that_the_clock_would_ask_for(year):
    assert not Handoff.objects.filter(state="offered").exists()
