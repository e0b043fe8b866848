"""A version begins on its own day, and says how long each reason rests."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Agreement, Rest
from baton.qualification.handoff.queries import agreement_in_force, coming_agreement
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, an_agreement
from baton.qualification.handoff.tests.test_pages import TERMS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def olga():
    return create_user(name="Olga", role=Role.OWNER, email="olga@fennmark.example")


def signed(values, *, by, at=AT):
    draft = actions.amend_agreement(values=values, by=by, at=at)
    for side in draft.parties():
        draft = actions.sign_agreement(agreement=draft, side=side, by=by, at=at)
    return draft


def test_signed_version_waits_for_the_first_moment_of_its_day(
    olga, clock, django_assert_num_queries
):
    first = an_agreement()
    second = signed({"threshold": 80, "starts_on": date(2026, 3, 10)}, by=olga)

    assert second.valid_from == datetime(2026, 3, 9, 23, tzinfo=UTC)  # midnight in Berlin
    assert (agreement_in_force(), coming_agreement()) == (first, second)
    with django_assert_num_queries(1):
        coming_agreement()
    clock.move_to(datetime(2026, 3, 9, 23, tzinfo=UTC))
    assert (agreement_in_force(), coming_agreement()) == (second, None)


def test_clock_that_was_set_back_takes_no_agreement_away(olga, clock):
    first = an_agreement()

    clock.move_to(AT - 30 * DAY)

    assert (agreement_in_force(), coming_agreement()) == (first, None)


def test_day_that_has_passed_begins_with_the_second_signature(olga):
    an_agreement()

    assert signed({"starts_on": date(2026, 1, 1)}, by=olga).valid_from == AT


def test_newer_version_in_force_is_not_replaced_by_an_older_one_that_begins_later(olga, clock):
    an_agreement()
    signed({"threshold": 80, "starts_on": date(2026, 3, 10)}, by=olga)
    third = signed({"threshold": 60}, by=olga)

    clock.move_to(AT + 30 * DAY)
    assert agreement_in_force() == third


def test_next_proposal_has_no_day_of_the_signed_one(olga):
    an_agreement()
    signed({"threshold": 80, "starts_on": date(2026, 3, 10)}, by=olga)

    draft = actions.amend_agreement(values={"attempts": 3}, by=olga, at=AT)

    assert (draft.threshold, draft.attempts, draft.starts_on) == (80, 3, None)


def test_day_beyond_a_year_is_refused(olga):
    with pytest.raises(actions.BadAgreement, match="within a year"):
        actions.amend_agreement(values={"starts_on": date(2028, 1, 1)}, by=olga, at=AT)


@pytest.mark.parametrize(("reason", "days"), [("bad_data", 20), ("no_fit", 90)])
def test_rejected_rests_as_long_as_the_agreement_says_for_the_reason(teo, reason, days):
    an_agreement({"rest_days": {"bad_data": 20}})
    a_default_pool(teo)

    actions.reject_handoff(handoff=a_handoff(), reason=reason, by=teo, at=AT)

    assert Rest.objects.get().until == AT + days * DAY


@pytest.mark.parametrize("rests", [{"duplicate": 10}, {"no_budget": 0}, {"no_need": 4000}])
def test_rest_of_a_reason_that_never_rests_or_forever_is_refused(rests):
    with pytest.raises(actions.BadAgreement):
        actions.amend_agreement(values={"rest_days": rests}, by=None, at=AT)


def test_form_proposes_them_and_the_page_tells_them(olga, signed_in):
    an_agreement()
    browser, page = signed_in(olga), reverse("handoff:amend")
    read = browser.get(page).context["read"]
    typed = {"rest_no_budget": "180", "ladder_sales_manager": "30", "starts_on": "2026-03-10"}

    browser.post(page, TERMS | typed | {"read": read})
    shown = browser.get(reverse("handoff:agreement")).content.decode()
    again = browser.get(page)

    draft = Agreement.objects.get(version=2)
    assert (draft.rest_days, draft.ladder) == ({"no_budget": 180}, {"sales_manager": 30})
    for words in (
        "Rest after “No budget”",
        "180 days",
        "after 30 working minutes",
        "10 March 2026",
    ):
        assert words in shown
    assert 'value="180"' in again.content.decode()


def test_page_tells_what_comes(olga, signed_in):
    an_agreement()
    signed({"starts_on": date(2026, 3, 10)}, by=olga)

    page = signed_in(olga).get(reverse("handoff:agreement")).content.decode()

    assert "Version 2 is signed by both, and in force from 10 March" in page
