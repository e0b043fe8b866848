"""What a draft would have meant, told before it is signed."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.facts import Origin, origin, publish
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries.effects import Effect, effects
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_form_sent,
    a_handoff,
    an_agreement,
)
from baton.qualification.scoring.events import ScoreChanged
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _afternoon():
    with time_machine.travel(AT + 6 * 60 * MINUTE, tick=False):
        yield


@pytest.fixture
def ines():
    return create_user(name="Ines", role=Role.HEAD_OF_MARKETING, email="ines@fennmark.example")


def scored(person, former, score, *, at=AT - DAY, is_fading=False):
    with transaction.atomic():
        publish(
            ScoreChanged(
                happened_at=at,
                person_id=person.pk,
                fit=0,
                engagement=score,
                score=score,
                former_score=former,
                is_fading=is_fading,
            )
        )


def told(draft, *, by):
    found = effects(now=Agreement.objects.get(version=1), then=draft, user=by, at=AT + DAY / 4)
    return {one.effect: one for one in found}


def test_threshold_is_told_by_who_would_have_passed_it(ines):
    an_agreement()  # 70
    high, low, old, faded, ours, imported = (
        a_person(),
        a_person(),
        a_person(),
        a_person(),
        a_person(origin="sales"),
        a_person(),
    )
    scored(high, 40, 75)
    scored(low, 40, 60)
    scored(low, 45, 61)
    scored(old, 40, 75, at=AT - 100 * DAY)
    scored(faded, 40, 75, is_fading=True)
    scored(ours, 40, 75)
    with origin(Origin.IMPORT):
        scored(imported, 40, 75)
    draft = actions.amend_agreement(values={"threshold": 50}, by=ines, at=AT)

    found = told(draft, by=ines)[Effect.SCORED]

    assert (found.now, found.then, found.all) == ({high.pk}, {high.pk, low.pk}, None)


def test_forms_are_told_by_who_sent_them(ines):
    an_agreement({"hand_raise_forms": ["request-demo"]})
    asked, read = a_person(), a_person()
    a_form_sent(asked)
    a_form_sent(read, code="guide")
    draft = actions.amend_agreement(
        values={"hand_raise_forms": ["request-demo", "guide"]}, by=ines, at=AT
    )

    found = told(draft, by=ines)[Effect.RAISED]

    assert (found.now, found.then) == ({asked.pk}, {asked.pk, read.pk})


def test_times_are_told_in_working_minutes_of_who_had_the_lead(ines, teo):
    an_agreement({"hand_raise_accept_minutes": 15, "hand_raise_respond_minutes": 30})
    a_default_pool(teo)
    quick, slow = a_handoff(), a_handoff()
    actions.accept_handoff(handoff=quick, by=teo, at=AT + 10 * MINUTE)
    actions.accept_handoff(handoff=slow, by=teo, at=AT + 40 * MINUTE)
    draft = actions.amend_agreement(
        values={"hand_raise_accept_minutes": 45, "accept_minutes": 60}, by=ines, at=AT
    )

    found = told(draft, by=ines)

    answered, responded = found[Effect.ANSWERED], found[Effect.RESPONDED]
    assert (answered.now, answered.then) == ({quick.pk}, {quick.pk, slow.pk})
    assert (answered.all, responded.all) == (2, 0)


def test_page_compares_and_each_figure_opens_what_it_counts(ines, signed_in, teo):
    an_agreement()
    lena = a_person(full_name="Lena Fischer")
    scored(lena, 40, 60)
    a_default_pool(teo)
    actions.accept_handoff(handoff=a_handoff(), by=teo, at=AT + 40 * MINUTE)
    actions.amend_agreement(
        values={"threshold": 50, "hand_raise_accept_minutes": 50}, by=ines, at=AT
    )
    browser = signed_in(ines)

    page = browser.get(reverse("handoff:agreement")).content.decode()
    scored_page = reverse("handoff:effect", args=["scored"])
    before = browser.get(scored_page).content.decode()
    after = browser.get(f"{scored_page}?then=1").content.decode()
    leads = browser.get(reverse("handoff:effect", args=["answered"]) + "?then=1")

    assert "What it would have meant in the last 90 days" in page
    assert ("Lena Fischer" in before, "Lena Fischer" in after) == (False, True)
    assert leads.context["count"] == 1
    assert browser.get(reverse("handoff:effect", args=["nothing"])).status_code == 404


def test_who_signs_nothing_reads_no_effects(marketer, ines, signed_in):
    an_agreement()
    actions.amend_agreement(values={"threshold": 50}, by=ines, at=AT)
    browser = signed_in(marketer)

    assert "would have meant" not in browser.get(reverse("handoff:agreement")).content.decode()
    assert browser.get(reverse("handoff:effect", args=["scored"])).status_code == 403
