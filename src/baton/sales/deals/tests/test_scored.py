"""Deals have points by a model of their own, say why, and how they came to be."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from baton.qualification.scoring.models import ScoreModel
from baton.qualification.scoring.tests.factories import a_fit_rule, a_live_model, an_engagement_rule
from baton.records.timeline.actions import log_activity
from baton.sales.deals.actions import edit_deal
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)


@pytest.fixture
def model():
    """Large deals have 30 points; a talk gives 40 that halve in 14 days."""
    found = a_live_model(about="deal")
    ScoreModel.objects.filter(pk=found.pk).update(is_main=True)
    large = {"field": "deal.amount", "op": ">=", "value": 10_000}
    a_fit_rule(name="10,000 or more", condition=large, points=30, model=found)
    an_engagement_rule(name="Was talked to", fact="activity.logged", model=found)
    return found


@pytest.fixture
def scored(model, rep, run_background):
    """A large deal that was talked about once."""
    deal = a_deal(name="Halden", owner=rep, by=rep)
    log_activity(
        kind="call",
        outcome="conversation",
        person=deal.person,
        deal_id=deal.pk,
        by=rep,
        at=AT,
    )
    with time_machine.travel(AT, tick=False):
        run_background()
    deal.refresh_from_db()
    return deal


def at(moment, client, url):
    with time_machine.travel(moment, tick=False):
        return client.get(url)


def test_deal_has_points_for_what_it_is_and_what_was_done(scored):
    assert (scored.score, scored.grade) == (70, "A2")


def test_small_deal_loses_the_points_of_its_size(scored, rep, run_background):
    edit_deal(deal=scored, values={"amount": Decimal(500)}, version=None, by=rep, at=AT)
    with time_machine.travel(AT, tick=False):
        run_background()

    assert Deal.objects.get().score == 40


def test_page_says_why_and_what_is_left(scored, rep, signed_in):
    page = at(AT + 14 * DAY, signed_in(rep), scored.get_absolute_url()).text

    assert "Why 50" in page
    assert "10,000 or more" in page
    assert "Was talked to" in page


def test_page_of_the_past_tells_each_step(scored, rep, signed_in):
    past = at(AT, signed_in(rep), reverse("scoring:deal-past", args=[scored.key]))

    assert past.context["rows"][0]["step"].score == 70
    assert "Score of Halden" in past.text


def test_api_tells_the_past_of_a_deal(scored, rep, api_client):
    told = at(AT, api_client(rep), f"/api/v1/scoring/deals/{scored.key}/past/").json()

    assert (told["steps"][-1]["score"], told["threshold"]) == (70, 0)


def test_stranger_sees_no_score_of_a_deal(scored, outsider, signed_in, api_client):
    page = signed_in(outsider).get(reverse("scoring:deal-past", args=[scored.key]))
    told = api_client(outsider).get(f"/api/v1/scoring/deals/{scored.key}/past/")

    assert (page.status_code, told.status_code) == (404, 404)


def test_without_a_model_about_deals_no_score_is_shown(rep, signed_in):
    deal = a_deal(owner=rep, by=rep)

    assert "Over time, and what moved it" not in signed_in(rep).get(deal.get_absolute_url()).text
