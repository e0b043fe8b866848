from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.core.facts.models import FactRecord
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.slots import LeadAction, lead_actions
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_handoff,
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lead(rep):
    """Lena's raised hand, offered to Teo."""
    a_default_pool(rep)
    company = a_company(name="Halden Foods")
    person = a_person(full_name="Lena Fischer", job_title="Quality manager", company=company)
    return a_handoff(person=person)


def url(name, handoff):
    return reverse(f"handoff:{name}", args=[handoff.key])


def text(answer):
    return answer.content.decode()


def test_desk_shows_who_waits_and_how_long(signed_in, rep, lead, clock):
    clock.move_to(AT + timedelta(minutes=3))

    page = text(signed_in(rep).get(reverse("handoff:desk")))

    assert "Next 60 minutes" in page
    assert "Lena Fischer" in page
    assert "Quality manager, Halden Foods" in page
    assert "12 min left" in page
    assert "Everybody takes turns" in page
    # 09:00 in London, but the house works in Berlin.
    assert "Offered <b>10:00</b>" in page


def test_lead_names_the_campaign_it_came_from(signed_in, rep, lead):
    a_campaign(name="Meter Days fair", code="meter-days")
    Handoff.objects.update(channel="event", campaign="meter_days")

    page = text(signed_in(rep).get(reverse("handoff:desk")))

    assert "Event, Meter Days fair" in page


def test_why_of_a_score_has_its_points_as_of_the_handoff_alone(signed_in, rep, lead):
    part = {"kind": "engagement", "points": 25, "words": "Sent a form", "at": AT.isoformat()}
    Handoff.objects.update(brief={**lead.brief, "score": {"score": 25, "parts": [part]}})

    page = text(signed_in(rep).get(reverse("handoff:desk")))

    assert ("+25" in page, "Sent a form" in page) == (True, True)
    assert "0 today" not in page


def test_late_lead_says_when_it_goes_on(signed_in, rep, lead, clock):
    clock.move_to(AT + timedelta(minutes=20))

    page = text(signed_in(rep).get(reverse("handoff:desk")))

    assert "5 min late" in page
    assert "Goes to the next one at 10:30" in page


def test_empty_desk_says_so_and_leads_to_what_is_agreed(signed_in, rep):
    page = text(signed_in(rep).get(reverse("handoff:desk")))

    assert "Nobody is waiting." in page
    assert "Who becomes a lead" in page


def test_empty_desk_leads_to_those_who_wait_for_the_team(signed_in, lead, admin):
    client = signed_in(admin)

    mine = text(client.get(reverse("handoff:desk")))

    assert "See the 1 of the team" in mine
    assert f'href="{reverse("handoff:desk")}?tab=team"' in mine
    assert "Lena Fischer" in text(client.get(reverse("handoff:desk"), {"tab": "team"}))


def test_desk_asks_the_same_number_of_queries_for_many(
    signed_in, rep, lead, django_assert_max_num_queries
):
    client = signed_in(rep)
    for _ in range(12):
        a_handoff(person=a_person(company=a_company()))
    client.get(reverse("handoff:desk"))

    with django_assert_max_num_queries(48):
        page = text(client.get(reverse("handoff:desk")))

    assert page.count('class="offer"') == 13


def test_queue_asks_for_itself_alone(signed_in, rep, lead):
    asked = f"{url('lead', lead)}?part=queue"
    part = text(signed_in(rep).get(asked, headers={"HX-Request": "true"}))

    assert part.strip().startswith('<section class="queue"')
    assert "aria-current" in part


def test_lead_that_is_clicked_gets_forms_of_its_own(signed_in, rep, lead):
    """Drawn into those of the one before, they would keep what was typed there."""
    desk = text(signed_in(rep).get(reverse("handoff:desk")))
    part = text(signed_in(rep).get(url("lead", lead), headers={"HX-Request": "true"}))

    assert 'hx-target="#lead" hx-swap="outerHTML"' in desk
    assert part.strip().startswith("<article")
    assert '<hx-partial hx-target="#queue"' in part


def test_accept_from_the_desk(signed_in, rep, lead):
    answer = signed_in(rep).post(url("accept", lead))

    assert answer.headers["Location"] == url("lead", lead)
    lead.refresh_from_db()
    assert (lead.state, lead.rep) == (State.ACCEPTED, rep)
    page = text(signed_in(rep).get(url("lead", lead)))
    assert "Need confirmed" in page
    assert "0 of 5 attempts" in page


def test_double_click_accepts_once(signed_in, rep, lead):
    client = signed_in(rep)

    codes = [client.post(url("accept", lead)).status_code for _ in range(2)]

    assert codes == [302, 302]
    assert FactRecord.objects.filter(name="handoff.accepted").count() == 1


def test_reject_with_a_reason(signed_in, rep, lead):
    typed = {"reason": "no_fit", "note": "Eleven people", "revisit_on": ""}

    signed_in(rep).post(url("reject", lead), typed)

    lead.refresh_from_db()
    assert (lead.state, lead.verdict, lead.verdict_note) == ("rejected", "no_fit", "Eleven people")
    assert "Rejected: No fit" in text(signed_in(rep).get(url("lead", lead)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose a reason."),
        ({"reason": "no_need"}, "Select a valid choice"),
        ({"reason": "no_fit", "revisit_on": "2026-06-01"}, "belongs to bad timing"),
        ({"reason": "bad_timing", "revisit_on": "soon"}, "Enter a valid date"),
    ],
)
def test_refused_verdict_comes_back_with_the_form(signed_in, rep, lead, typed, sentence):
    answer = signed_in(rep).post(url("reject", lead), typed)

    assert answer.status_code == 422
    assert sentence in text(answer)
    lead.refresh_from_db()
    assert lead.state == State.OFFERED


def test_logged_call_is_an_attempt_at_once(signed_in, rep, lead, run_background):
    client = signed_in(rep)
    client.post(url("accept", lead))

    client.post(url("contact", lead), {"contact": "call:unanswered", "note": ""})

    lead.refresh_from_db()
    assert (lead.attempt_count, lead.responded_at) == (1, None)
    run_background()
    lead.refresh_from_db()
    assert lead.attempt_count == 1


def test_logged_talk_stops_the_clock_at_once(signed_in, rep, lead):
    client = signed_in(rep)
    client.post(url("accept", lead))

    client.post(url("contact", lead), {"contact": "call:conversation", "note": "Knows us"})

    lead.refresh_from_db()
    assert lead.responded_at == AT
    assert "A verdict is still owed" in text(client.get(url("lead", lead)))


def test_need_confirmed_on_the_desk(signed_in, rep, lead):
    client = signed_in(rep)
    client.post(url("accept", lead))

    refused = client.post(url("need", lead), {"need": "No gaps", "impact": ""})
    client.post(url("need", lead), {"need": "No gaps", "impact": "Two audits"})

    assert refused.status_code == 422
    lead.refresh_from_db()
    assert lead.state == State.QUALIFIED
    assert Person.objects.get().stage == "sql"


def test_disqualified_on_the_desk(signed_in, rep, lead):
    client = signed_in(rep)
    client.post(url("accept", lead))

    refused = client.post(url("disqualify", lead), {"reason": "competitor"})
    client.post(url("disqualify", lead), {"reason": "competitor", "competitor": "Thermalog"})

    assert refused.status_code == 422
    assert "Name the competitor" in text(refused)
    lead.refresh_from_db()
    assert (lead.state, lead.competitor) == (State.DISQUALIFIED, "Thermalog")


def test_sidebar_counts_what_waits_for_me(signed_in, rep, lead, clock):
    clock.move_to(AT + timedelta(minutes=20))

    page = text(signed_in(rep).get(reverse("handoff:desk")))

    assert '<span class="side-count hue-red">1</span>' in page


def test_higher_modules_add_a_button_to_a_lead_that_was_taken(signed_in, rep, lead, monkeypatch):
    action = LeadAction(label="Open a deal", icon="deal", url=lambda handoff: "/deals/new/")
    monkeypatch.setattr(lead_actions, "_items", [action])
    client = signed_in(rep)

    before = text(client.get(url("lead", lead)))
    client.post(url("accept", lead))
    after = text(client.get(url("lead", lead)))

    assert ("Open a deal" in before, "Open a deal" in after) == (False, True)


def test_person_page_shows_handoffs_and_the_rest(signed_in, rep, lead):
    actions.reject_handoff(handoff=lead, reason="no_fit", by=rep, at=AT)
    Person.objects.update(owner=rep)

    page = text(signed_in(rep).get(lead.person.get_absolute_url()))

    assert "Handoffs" in page
    assert "No fit" in page
    assert "Rests until" in page


def test_person_whom_sales_found_is_concluded_on_a_page_of_their_own(signed_in, rep, outsider):
    person = a_person(origin="sales", owner=rep)
    page = reverse("handoff:person-need", args=[person.key])
    typed = {"need": "A", "impact": "B"}

    assert signed_in(outsider).post(page, typed).status_code == 404
    assert signed_in(rep).get(page).status_code == 200
    signed_in(rep).post(page, typed)

    person.refresh_from_db()
    assert person.stage == "sql"


def test_person_whom_sales_found_is_disqualified(signed_in, rep):
    person = a_person(origin="sales", owner=rep)
    page = reverse("handoff:person-disqualify", args=[person.key])

    assert signed_in(rep).post(page, {}).status_code == 422
    signed_in(rep).post(page, {"reason": "no_fit"})

    person.refresh_from_db()
    assert person.stage == "other"
