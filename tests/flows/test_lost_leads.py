"""Why deals were lost stands with the lead quality, where marketing plans."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.marketing.campaigns.tests.factories import a_campaign
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.quality import (
    By,
    Column,
    Question,
    add_losses,
    handoffs_behind,
    lead_quality,
)
from baton.qualification.handoff.tests.factories import a_default_pool, a_handoff, an_agreement
from baton.sales.deals.actions import lose_deal, open_deal, win_deal
from baton.sales.deals.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(AT + 9 * HOUR, tick=False):
        yield


def a_deal_of(handoff, *, rep, at, reason="", is_won=False):
    name = f"Deal at {at:%H:%M}"
    deal = open_deal(name=name, person=handoff.person, owner=rep, by=rep, at=at)
    if reason:
        return lose_deal(deal=deal, reason=reason, by=rep, at=at + HOUR)
    return win_deal(deal=deal, by=rep, at=at + HOUR) if is_won else deal


@pytest.fixture
def leads(rep):
    """One lost, one lost and won after it, one still open: all of the fair."""
    a_default_pool(rep)
    an_agreement()
    lost, won, still = (a_handoff() for _ in range(3))
    for one in (lost, won, still):
        actions.confirm_need(person=one.person, need="Meters", impact="Costs", by=rep, at=AT + HOUR)
    a_deal_of(lost, rep=rep, at=AT + 2 * HOUR, reason="price")
    a_deal_of(won, rep=rep, at=AT + 2 * HOUR, reason="no_budget")
    a_deal_of(won, rep=rep, at=AT + 4 * HOUR, is_won=True)
    a_deal_of(still, rep=rep, at=AT + 2 * HOUR)
    brief = {"score": {"score": 82}, "forms": [{"code": "guide", "page": "The audit"}]}
    Handoff.objects.update(campaign="Fair_26", channel="event", brief=brief)
    return lost, won, still


def asked(by, *, user, campaign=""):
    day = AT.date()
    return Question(by=by, since=day, until=day, user=user, campaign=campaign)


def losses(question):
    found = lead_quality(question)
    add_losses(found, question)
    return {row.group: dict(row.losses) for row in found}


@pytest.mark.parametrize(
    ("by", "group"),
    [
        (By.CAMPAIGN, "Fair_26"),
        (By.CHANNEL, "event"),
        (By.PERSONA, ""),
        (By.FORM, "guide"),
        (By.PAGE, "The audit"),
        (By.SCORE, "75"),
        (By.MONTH, "2026-03-01"),
        (By.WEEK, "2026-03-02"),
    ],
)
def test_lost_deal_is_told_by_where_its_lead_came_from(leads, admin, by, group):
    question = asked(by, user=admin)

    behind = handoffs_behind(
        question, column=Column.LOST, group=group, reason="price", at=AT + 9 * HOUR
    )

    assert losses(question) == {group: {"price": 1}}
    assert [one.pk for one in behind] == [leads[0].pk]


def test_deal_of_a_later_handoff_is_no_loss_of_the_one_before(leads, admin, rep):
    lost, _won, _still = leads
    Handoff.objects.filter(pk=lost.pk).update(campaign="older")
    later = a_handoff(person=lost.person, at=AT + 5 * HOUR)
    actions.confirm_need(person=lost.person, need="More", impact="Costs", by=rep, at=AT + 6 * HOUR)
    Handoff.objects.filter(pk=later.pk).update(campaign="newer")

    before = losses(asked(By.CAMPAIGN, user=admin))
    a_deal_of(later, rep=rep, at=AT + 7 * HOUR, reason="timing")

    assert (before["older"], before["newer"]) == ({"price": 1}, {})
    after = losses(asked(By.CAMPAIGN, user=admin))
    assert (after["older"], after["newer"]) == ({"price": 1}, {"timing": 1})


def test_page_names_why_and_opens_the_lead(leads, marketer, signed_in):
    client = signed_in(marketer)

    page = client.get(reverse("handoff:quality"), {"by": "form", "months": "1"})
    [row] = page.context["rows"]
    [why] = row.reasons
    behind = client.get(why.url)

    assert "Price, deal lost 1" in page.text
    assert why.count == behind.context["count"] == 1
    assert "Price, deal lost" in behind.text


def test_campaigns_page_says_what_sales_made_of_its_leads(leads, marketer, signed_in):
    fair, other = a_campaign(code="fair-26", name="Fair"), a_campaign(code="other")
    client = signed_in(marketer)

    page = client.get(fair.get_absolute_url())
    alone = client.get(reverse("handoff:quality"), {"by": "month", "campaign": "fair-26"})
    nobody = client.get(reverse("handoff:quality"), {"by": "month", "campaign": "other"})

    assert "What sales said of its leads" in page.text
    assert "Price, deal lost 1" in page.text
    assert "What sales said" not in client.get(other.get_absolute_url()).text
    assert [(row.name, row.cells[0].count) for row in alone.context["rows"]] == [("March 2026", 3)]
    assert "Of the campaign Fair alone." in alone.text
    assert nobody.context["rows"] == []


def test_loss_of_another_teams_deal_is_not_told(leads, rep, outsider):
    lost, _won, _still = leads
    Handoff.objects.filter(pk=lost.pk).update(rep=outsider)

    assert losses(asked(By.FORM, user=rep)) == {"guide": {}}
    assert losses(asked(By.FORM, user=outsider)) == {"guide": {}}
