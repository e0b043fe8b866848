"""What was kept before, and how sure a goal is."""

from datetime import timedelta

import pytest
import time_machine
from django.forms import Form, IntegerField
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.measured import Term, measured_terms
from baton.qualification.handoff.rules import (
    Goal,
    Kind,
    Measured,
    counts_kept,
    likely_mqls,
    minutes_kept,
)
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, an_agreement
from baton.qualification.handoff.tests.test_pages import TERMS
from baton.qualification.handoff.views.measured import measured_lines

MINUTE = timedelta(minutes=1)


def test_days_are_told_as_days():
    fields = {"value_days": IntegerField(label="First value within")}
    form = type("Terms", (Form,), fields)()
    kept = Measured(count=33, half=1, most=35, proposed=35)

    assert measured_lines(form, [Term(name="value_days", measured=kept)]) == [
        ("First value within", "1 day", "35 days", "33", "35 days")
    ]


def test_what_eight_of_ten_kept_is_proposed_rounded_up():
    found = minutes_kept([number * MINUTE for number in range(1, 101)])

    assert found is not None
    assert (found.count, found.half, found.most, found.proposed) == (100, 50, 80, 90)


def test_too_few_propose_nothing():
    assert minutes_kept([MINUTE] * 19) is None
    assert counts_kept([1] * 19) is None


def test_tries_are_not_rounded():
    found = counts_kept([1] * 10 + [2] * 5 + [7] * 5)

    assert found is not None
    assert (found.half, found.most, found.proposed) == (1, 7, 7)


def test_goal_is_told_with_how_sure_it_is():
    goal = Goal(revenue=500_000, share=60, average_deal=10_000)

    assert likely_mqls(goal, customers=0, of=100) is None
    least, most = likely_mqls(goal, customers=25, of=1000) or (0, 0)
    assert least < 1200 < most


@pytest.mark.django_db
@time_machine.travel(AT + timedelta(hours=8), tick=False)
def test_form_fills_in_what_was_measured(company, signed_in, teo):
    an_agreement()
    a_default_pool(teo)
    for number in range(20):
        actions.accept_handoff(handoff=a_handoff(), by=teo, at=AT + (number + 1) * MINUTE)
    ines = create_user(name="Ines", role=Role.HEAD_OF_MARKETING, email="ines@fennmark.example")
    browser, amend = signed_in(ines), reverse("handoff:amend")

    [term] = measured_terms(at=AT + timedelta(hours=8))
    page = browser.get(amend)
    filled = browser.post(amend, TERMS | {"read": page.context["read"], "measure": "1"})

    assert term.name == "hand_raise_accept_minutes"
    assert (term.measured.count, term.measured.half, term.measured.proposed) == (20, 10, 20)
    assert "8 of 10 within" in page.content.decode()
    assert page.context["measured"] == [
        ("Accept or reject a hand-raise within", "10 minutes", "16 minutes", "20", "20 minutes")
    ]
    assert filled.status_code == 200
    assert filled.context["form"]["hand_raise_accept_minutes"].value() == "20"

    Handoff.objects.update(kind=Kind.EXECUTIVE, lane="qualified")  # the same, of an SDR's leads
    [handed_on] = browser.get(reverse("handoff:executives-amend")).context["measured"]
    assert handed_on[:3] == ("Take over or turn down within", "10 minutes", "16 minutes")
    assert browser.get(amend).context["measured"] == []
