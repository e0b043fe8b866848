from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.changes.models import Change
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.attainment import Promise, attainment, behind
from baton.qualification.handoff.tests.factories import (
    AT,
    an_agreement,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
TERMS = {
    "threshold": 80,
    "mqls_a_month": 40,
    "hand_raise_forms": ["request-demo"],
    "accept_minutes": 60,
    "respond_minutes": 240,
    "hand_raise_accept_minutes": 15,
    "hand_raise_respond_minutes": 30,
    "grace_minutes": 30,
    "max_rounds": 3,
    "attempts": 5,
    "attempt_days": 10,
    "recycle_days": 90,
    "when_late": "We talk on Monday.",
}
LATER = AT + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _late_morning():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def ines():
    return create_user(name="Ines", role=Role.HEAD_OF_MARKETING, email="ines@fennmark.example")


@pytest.fixture
def nora():
    return create_user(name="Nora", role=Role.HEAD_OF_SALES, email="nora@fennmark.example")


def text(answer):
    return answer.content.decode()


def propose(client, over=None, *, read=None):
    """From the form as it is now, or as it was read before."""
    page = reverse("handoff:amend")
    read = read or client.get(page).context["read"]
    return client.post(page, TERMS | (over or {}) | {"read": read})


def sign(client, side, *, read=None):
    read = read or Agreement.objects.get(version=2).digest()
    page = reverse("handoff:sign", args=[2])
    return client.post(page, {"side": side, "read": read}, follow=True)


def test_both_sides_see_how_the_month_goes(month, admin):
    found = attainment(user=admin, agreement=agreement_in_force(), day=date(2026, 3, 2), at=LATER)

    assert (found.handed, found.owed, found.due) == (3, 44, 2)
    assert {kept.promise: (kept.kept, kept.all) for kept in found.promises} == {
        Promise.ACCEPT: (2, 3),
        Promise.RESPOND: (0, 2),
        Promise.ATTEMPTS: (0, 0),
        Promise.VERDICT: (1, 1),
    }


def test_figures_lead_to_the_handoffs_behind_them(month, admin):
    good, late, _no = month

    def found(promise, *, is_broken):
        rows = behind(promise, user=admin, day=date(2026, 3, 2), is_broken=is_broken, at=LATER)
        return {handoff.pk for handoff in rows}

    assert found(Promise.ACCEPT, is_broken=True) == {late.pk}
    assert len(found(Promise.ACCEPT, is_broken=False)) == 3
    assert found(Promise.RESPOND, is_broken=True) == {good.pk, late.pk}
    assert len(found(Promise.MQLS, is_broken=False)) == 3


def test_agreement_page_shows_both_sides(signed_in, month, marketer):
    page = text(signed_in(marketer).get(reverse("handoff:agreement")))

    assert "44 MQLs a month" in page
    assert "3 of 2 due" in page
    assert "67\N{NO-BREAK SPACE}%" in page
    assert reverse("handoff:amend") not in page


def test_page_behind_each_figure(signed_in, month, rep, subtests):
    for promise in Promise:
        with subtests.test(promise=promise):
            page = reverse("handoff:behind", args=[promise.value])

            assert signed_in(rep).get(page).status_code == 200
            assert signed_in(rep).get(f"{page}?broken=1&month=2026-03").status_code == 200


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "soon"])
def test_month_beyond_the_calendar_is_the_present_one(signed_in, month, rep):
    page = reverse("handoff:behind", args=["mqls"])

    assert signed_in(rep).get(page, {"month": month}).status_code == 200


def test_unknown_figure_is_not_found(signed_in, rep):
    assert signed_in(rep).get(reverse("handoff:behind", args=["nothing"])).status_code == 404


def test_amended_and_signed_by_both_heads(signed_in, ines, nora):
    an_agreement()

    propose(signed_in(ines))
    sign(signed_in(ines), "marketing")
    page = text(signed_in(nora).get(reverse("handoff:agreement")))
    sign(signed_in(nora), "sales")

    assert "Version 2 waits for signatures" in page
    assert "Sign for sales" in page
    in_force = agreement_in_force()
    assert in_force is not None
    assert (in_force.version, in_force.threshold, in_force.when_late) == (
        2,
        80,
        "We talk on Monday.",
    )


def test_terms_that_were_changed_since_they_were_read_are_not_signed(signed_in, ines, nora):
    an_agreement()
    propose(signed_in(ines))
    read = Agreement.objects.get(version=2).digest()
    propose(signed_in(ines), {"attempts": 9})

    refused = sign(signed_in(nora), "sales", read=read)
    signed = sign(signed_in(nora), "sales")

    assert "The terms were changed since you read them" in text(refused)
    assert "Signed. The other side is next." in text(signed)
    told = Change.objects.filter(
        object_type="agreement", object_id=Agreement.objects.get(version=2).pk
    )
    assert list(told.order_by("pk").values_list("verb", "by__name", "cause")) == [
        ("created", "Ines", ""),
        ("edited", "Ines", ""),
        ("edited", "Nora", "signed"),
    ]


def test_proposal_on_terms_that_somebody_changed_meanwhile_comes_back(signed_in, ines, nora):
    an_agreement()
    read = signed_in(ines).get(reverse("handoff:amend")).context["read"]
    propose(signed_in(nora), {"attempts": 9})

    late = propose(signed_in(ines), read=read)

    assert late.status_code == 422
    assert "Somebody changed the terms meanwhile" in text(late)
    assert Agreement.objects.get(version=2).attempts == 9
    assert propose(signed_in(ines), read=late.context["read"]).status_code == 302


def test_head_cannot_sign_for_the_other_side(signed_in, ines):
    an_agreement()
    propose(signed_in(ines))

    answer = sign(signed_in(ines), "sales")

    assert "The head of that side signs for it." in text(answer)
    assert Agreement.objects.get(version=2).signed_for_sales_at is None


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"hand_raise_accept_minutes": 90}, "waits no longer"),
        ({"attempt_days": 400}, "less than or equal to 60"),
        ({"attempts": 40_000}, "less than or equal to 100"),
    ],
)
def test_agreement_with_impossible_numbers_comes_back(signed_in, ines, over, sentence):
    an_agreement()

    answer = propose(signed_in(ines), over)

    assert answer.status_code == 422
    assert sentence in text(answer)


def test_rep_and_marketer_change_no_rules(signed_in, rep, marketer):
    for user in (rep, marketer):
        client = signed_in(user)
        assert client.post(reverse("handoff:amend"), TERMS).status_code == 403
        assert client.post(reverse("handoff:add-pool"), {"name": "X"}).status_code == 403
        assert client.get(reverse("handoff:new-rule")).status_code == 403
        assert client.get(reverse("handoff:routing")).status_code == 200
