"""The figures above the board, and who qualified a deal's person."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from baton.core.prepared import kinds
from baton.qualification.handoff.actions import accept_handoff
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.tests.factories import a_handoff
from baton.records.people.tests.factories import a_person
from baton.sales.deals.actions import add_stage, lose_deal, move_deal, remove_stage, win_deal
from baton.sales.deals.models import StageEntry
from baton.sales.deals.queries import (
    Sight,
    View,
    Whose,
    columns_of,
    figures_of,
    funnel_of,
    qualifier_for,
    stages_of,
    sums_of,
)
from baton.sales.deals.tests.factories import AT, a_deal, a_stage
from baton.sales.deals.views import funnel as views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def funnel(user):
    sight = Sight(user=user, at=AT + timedelta(days=1), zone=ZoneInfo("UTC"))
    stages = stages_of(a_stage("Won").pipeline)
    return {step.stage.name: step.count for step in funnel_of(sight, stages=stages)}


def test_deal_that_came_here_lost_has_reached_the_first_stage(admin):
    kept, lost = a_deal(), a_deal()
    lose_deal(deal=lost, by=None, at=AT, reason="price")
    StageEntry.objects.filter(deal=lost).exclude(stage__kind="lost").delete()  # as an import has it

    counts = list(funnel(admin).values())

    assert (kept.state, counts[0], sum(counts[1:])) == ("open", 2, 0)


def test_removed_stage_has_no_place_in_the_funnel(admin):
    first, second, third = stages_of(a_stage("Won").pipeline)[:3]
    deal = a_deal()
    move_deal(deal=deal, stage=second, by=None, at=AT)
    remove_stage(stage=second, move_to=first, by=None, at=AT + timedelta(hours=1))
    add_stage(pipeline=first.pipeline, name="Pilot", probability=60)  # numbers them anew
    a_deal(stage=third)

    assert [funnel(admin)[stage.name] for stage in (first, third)] == [2, 1]


def test_qualifier_is_who_accepted_not_to_whom_it_was_offered(admin, rep, colleague):
    person = a_person()
    accepted = a_handoff(rep=rep, person=person)
    accept_handoff(handoff=accepted, by=rep, at=AT)
    Handoff.objects.filter(pk=accepted.pk).update(state="qualified", closed_at=AT)
    newer = a_handoff(rep=colleague, person=person, at=AT + timedelta(days=1))

    found = qualifier_for(person, owner=admin, user=admin)

    assert (newer.state, found) == ("offered", rep)


def a_sight(user, whose, view=View.OPEN, *, days=4):
    given = {"user": user, "whose": whose, "view": view, "zone": ZoneInfo("Europe/Berlin")}
    return Sight(at=AT + timedelta(days=days), pipeline=a_stage("Won").pipeline, **given)


def test_kept_questions_answer_each_sight_as_questions_of_their_own(
    admin, rep, colleague, monkeypatch
):
    """Whoever looks, at whatever, on days of two quarters."""
    stages = stages_of(a_stage("Won").pipeline)
    for owner, stage in ((rep, stages[0]), (colleague, stages[1]), (None, stages[2])):
        won = a_deal(owner=owner, stage=stage)
        win_deal(deal=won, by=None, at=AT + timedelta(days=3))
        a_deal(owner=owner, stage=stage, close_on=AT.date())

    def told(sight):
        sums = sums_of(sight, stages=stages)
        columns = columns_of(sight, stages=stages, sums=sums, shown={})
        figures = figures_of(sight, stages=stages, sums=sums)
        return sums, columns, figures, funnel_of(sight, stages=stages)

    asked = [a_sight(*each) for each in product((admin, rep), Whose)]
    asked += [a_sight(rep, Whose.TEAM, View.IDLE), a_sight(rep, Whose.TEAM, days=95)]
    kept = [told(sight) for sight in asked]
    monkeypatch.setitem(kinds, Sight, replace(kinds[Sight], fits=lambda _sight: False))

    assert kept == [told(sight) for sight in asked]
    assert len({str(one) for one in kept}) > 4


def test_strip_of_a_large_house_follows_its_board(admin, signed_in, monkeypatch):
    a_deal(at=timezone.now())
    browser = signed_in(admin)
    whole = browser.get("/deals/?whose=all")
    monkeypatch.setattr(views, "happens_much", lambda: True)
    bare = browser.get("/deals/?whose=all")

    part = browser.get(bare.context["funnel_url"], headers={"HX-Request": "true"})

    assert "funnel" not in bare.context
    assert part.context["funnel"] == whole.context["funnel"]
    assert part.context["funnel"].stages[0].count == "1"
    assert browser.get(bare.context["whole_url"]).context["funnel"] == whole.context["funnel"]
