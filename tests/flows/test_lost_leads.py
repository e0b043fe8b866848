"""Why deals were lost stands with the lead quality, where marketing plans."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.core.access.actions import create_team
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.fields.actions import limit_field
from baton.core.notices.models import Notice
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.calibrating import people_untold
from baton.qualification.handoff.queries.quality import (
    By,
    Column,
    Question,
    add_losses,
    handoffs_behind,
    lead_quality,
    unanswered,
)
from baton.qualification.handoff.tests.factories import a_default_pool, a_handoff, an_agreement
from baton.qualification.scoring.queries.outcomes import outcomes_until
from baton.sales.deals.actions import lose_deal, open_deal, reopen_deal, win_deal
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import AT
from conftest import hire, set_up_fennmark

pytestmark = pytest.mark.django_db
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


@pytest.fixture(scope="module")
def told(lasting):
    """One lost, one lost and won after it, one still open: all of the fair."""
    with time_machine.travel(AT + 9 * HOUR, tick=False):
        set_up_fennmark()
        rep = hire("Teo", Role.REP, create_team(name="North"))
        a_default_pool(rep)
        an_agreement()
        lost, won, still = (a_handoff() for _ in range(3))
        for one in (lost, won, still):
            actions.confirm_need(
                person=one.person, by=rep, at=AT + HOUR, need="Meters", impact="Costs"
            )
        a_deal_of(lost, rep=rep, at=AT + 2 * HOUR, reason="price")
        a_deal_of(won, rep=rep, at=AT + 2 * HOUR, reason="no_budget")
        a_deal_of(won, rep=rep, at=AT + 4 * HOUR, is_won=True)
        a_deal_of(still, rep=rep, at=AT + 2 * HOUR)
    form = {"code": "guide", "page": "The audit", "name": "Guide", "words": []}
    brief = {"score": {"score": 82}, "forms": [form | {"at": AT.isoformat()}]}
    Handoff.objects.update(campaign="Fair_26", channel="event", brief=brief)
    return lost.pk, won.pk, still.pk


@pytest.fixture
def leads(told, db):
    return [Handoff.objects.get(pk=pk) for pk in told]


@pytest.fixture
def rep(told, db):
    return User.objects.get(name="Teo")


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


def behind_lost(client):
    asked = {"by": "campaign", "months": "1", "column": "lost", "reason": "price"}
    return client.get(reverse("handoff:quality-behind"), asked)


def test_marketing_answers_why_a_deal_was_lost_and_who_lost_it_reads_it(
    leads, marketer, rep, signed_in, run_background
):
    lost, _won, still = leads
    deal = Deal.objects.get(person=lost.person)
    page = reverse("handoff:reply", args=[lost.key])
    browser = signed_in(marketer)
    quality = browser.get(reverse("handoff:quality"), {"months": "1"})
    waiting = browser.get(quality.context["waiting_url"])

    asked = browser.get(page)
    refused = browser.post(page, {"kind": "disputed"})
    browser.post(page, {"kind": "disputed", "note": "They paid more elsewhere"})
    run_background()
    after = browser.get(reverse("handoff:quality"), {"months": "1"})
    seller = signed_in(rep)

    assert quality.context["waiting"] == waiting.context["count"] == 1
    assert page in waiting.text
    assert page in browser.get(deal.get_absolute_url()).text
    assert "Price, deal lost" in asked.text
    assert (refused.status_code, "speaks against" in refused.text) == (422, True)
    assert after.context["waiting"] == 0
    assert browser.get(after.context["waiting_url"]).context["behind"] == []
    assert "Disputed" in behind_lost(browser).text
    told = Notice.objects.filter(kind="deal.replied")
    assert list(told.values_list("user", "url")) == [(rep.pk, deal.get_absolute_url())]
    assert not Notice.objects.filter(kind="lead.replied").exists()
    for shown in (deal, lost.person):
        assert "They paid more elsewhere" in seller.get(shown.get_absolute_url()).text
    lead = seller.get(reverse("handoff:lead", args=[lost.key]))
    assert "Price, deal lost" in lead.text
    assert "They paid more elsewhere" in lead.text
    assert page not in seller.get(deal.get_absolute_url()).text
    with pytest.raises(actions.BadVerdict, match="no reason to answer"):
        actions.reply_to_verdict(handoff=still, kind="agreed", by=marketer, at=AT + 9 * HOUR)


def test_answer_speaks_of_that_loss_alone(leads, marketer, admin, rep, api_client):
    lost, _won, _still = leads
    deal = Deal.objects.get(person=lost.person)
    url = f"/api/v1/handoff/{lost.key}/"
    body = {"kind": "mended", "note": "The page names the price now"}

    said = api_client(marketer).post(f"{url}reply/", body, content_type="application/json")
    again = reopen_deal(deal=deal, by=rep, at=AT + 4 * HOUR)
    while_open = api_client(marketer).get(url).json()
    lose_deal(deal=again, reason="timing", by=rep, at=AT + 5 * HOUR)
    later = api_client(marketer).get(url).json()

    assert (said.json()["reply"], said.json()["lost"]["reason"]) == ("mended", "price")
    assert said.json()["lost"]["deal"] == str(deal.key)
    assert (while_open["reply"], while_open["lost"]) == ("", None)
    assert (later["reply"], later["lost"]["reason"]) == ("", "timing")
    assert [one.pk for one in unanswered(asked(By.FORM, user=admin))] == [lost.pk]
    assert (
        api_client(rep).post(f"{url}reply/", body, content_type="application/json").status_code
        == 403
    )


def test_disputed_loss_teaches_nothing_until_it_is_agreed_to(leads, marketer, rep):
    lost, _won, _still = leads
    said = {"handoff": lost, "by": marketer, "at": AT + 5 * HOUR}

    def taught():
        found = outcomes_until(goal="customer", days=30, at=AT + 60 * 24 * HOUR)
        return len(found.won), found.untold

    before = taught()
    actions.reply_to_verdict(kind="disputed", note="They paid more elsewhere", **said)
    disputed = taught()
    actions.reply_to_verdict(kind="agreed", note="", **said)

    assert (before, disputed, taught()) == ((3, 0), (2, 1), (3, 0))
    actions.reply_to_verdict(kind="disputed", note="They paid more elsewhere", **said)
    later = a_handoff(person=lost.person, at=AT + 6 * HOUR)
    actions.reject_handoff(handoff=later, reason="no_fit", by=rep, at=AT + 7 * HOUR)
    assert lost.person_id not in people_untold()


def test_what_is_hidden_of_deals_is_hidden_of_why_one_was_lost(
    leads, marketer, admin, rep, signed_in, api_client, run_background
):
    lost, _won, _still = leads
    hidden = {"competitor": "Meterly", "objection": "Too dear"}
    Deal.objects.filter(person=lost.person).update(**hidden)
    for name in (*hidden, "owner"):
        values = {"hidden_for": [marketer.role]}
        limit_field(object_type="deal", name=name, values=values, by=admin, at=AT)
    page = reverse("handoff:reply", args=[lost.key])
    url = f"/api/v1/handoff/{lost.key}/"
    body = {"kind": "mended", "note": "The page names the price now"}
    browser, program = signed_in(marketer), api_client(marketer)

    told = [
        browser.get(page),
        browser.post(page, {"kind": "disputed"}),
        browser.get(reverse("handoff:lead", args=[lost.key])),
        behind_lost(browser),
        program.get(url),
        program.post(f"{url}reply/", body, content_type="application/json"),
        program.get(url),
    ]
    run_background()

    assert [answer.status_code for answer in told] == [200, 422, 200, 200, 200, 200, 200]
    leaks = [[text for text in hidden.values() if text in answer.text] for answer in told]
    assert leaks == [[]] * len(told)
    assert "Meterly" in api_client(admin).get(url).text
    assert list(Notice.objects.filter(kind="deal.replied").values_list("user", flat=True)) == [
        rep.pk
    ]
