"""Who sees a lead, who answers it, and what the one who came too late reads."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.settings.models import Organisation
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions import AlreadyAnswered
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries import desk
from baton.qualification.handoff.queries.desk import MINE, rows_of
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def lead(rep):
    """Lena's raised hand, offered to Teo."""
    a_default_pool(rep)
    return a_handoff(person=a_person(full_name="Lena Fischer"))


def url(name, handoff):
    return reverse(f"handoff:{name}", args=[handoff.key])


def text(answer):
    return answer.content.decode()


def test_colleague_sees_but_does_not_answer(signed_in, colleague, lead):
    client = signed_in(colleague)

    page = text(client.get(url("lead", lead)))
    answer = client.post(url("accept", lead))

    assert "Lena Fischer" in page
    assert url("accept", lead) not in page
    assert answer.status_code == 422
    assert "This lead is with Teo since 10:00." in text(answer)
    lead.refresh_from_db()
    assert lead.state == State.OFFERED


def test_colleague_logs_nothing_for_a_lead_of_another(signed_in, colleague, lead):
    answer = signed_in(colleague).post(url("contact", lead), {"contact": "call:conversation"})

    assert answer.status_code == 422
    lead.refresh_from_db()
    assert lead.responded_at is None


def test_outsider_finds_nothing(signed_in, outsider, lead):
    client = signed_in(outsider)

    assert client.get(url("lead", lead)).status_code == 404
    for name in ("accept", "reject", "contact", "need", "disqualify"):
        assert client.post(url(name, lead)).status_code == 404
    lead.refresh_from_db()
    assert lead.state == State.OFFERED


def test_marketer_views_all_and_answers_nothing(signed_in, marketer, lead):
    client = signed_in(marketer)

    assert "Lena Fischer" in text(client.get(reverse("handoff:desk")))
    assert client.post(url("accept", lead)).status_code == 403


def test_two_teams_at_the_queue_one_wins_the_other_reads_who(signed_in, rep, outsider):
    actions.ensure_pools(at=AT)
    lead = a_handoff()

    signed_in(rep).post(url("accept", lead))
    answer = signed_in(outsider).post(url("accept", lead), follow=True)

    assert "Teo accepted this lead at 10:00." in text(answer)
    assert Handoff.objects.get().rep == rep


def test_rep_whose_lead_went_on_to_another_team_reads_so(signed_in, rep, outsider, lead):
    actions.give_to(handoff=lead, rep=outsider, by=outsider, at=AT)

    answer = signed_in(rep).post(url("accept", lead), follow=True)

    assert "This lead is with Otto since 10:00." in text(answer)


def test_manager_gives_a_lead_to_a_colleague(signed_in, north, colleague, lead):
    manager = create_user(name="Mo", role=Role.SALES_MANAGER, team=north)

    signed_in(manager).post(url("give", lead), {"rep": str(colleague.key)})

    lead.refresh_from_db()
    assert (lead.rep, lead.round) == (colleague, 2)


def test_rep_gives_nothing_away(signed_in, rep, colleague, lead):
    answer = signed_in(rep).post(url("give", lead), {"rep": str(colleague.key)})

    assert answer.status_code == 403


def test_desk_that_is_full_keeps_what_waits_for_an_answer(rep, lead, monkeypatch):
    talked, owed = a_handoff(), a_handoff()
    for handoff in (talked, owed):
        actions.accept_handoff(handoff=handoff, by=rep, at=AT)
    Handoff.objects.filter(pk=talked.pk).update(responded_at=AT)
    Handoff.objects.filter(pk=lead.pk).update(accept_due_at=AT + timedelta(days=30))

    assert rows_of(rep, MINE) == [lead, owed, talked]
    monkeypatch.setattr(desk, "MOST", 1)
    assert rows_of(rep, MINE) == [lead]


def test_who_comes_a_day_late_reads_the_day(rep, colleague, lead):
    actions.accept_handoff(handoff=lead, by=rep, at=AT)

    with pytest.raises(AlreadyAnswered, match="Teo accepted this lead at 2 Mar 10:00"):
        actions.accept_handoff(handoff=lead, by=colleague, at=AT + timedelta(days=1))


def test_verdict_from_a_page_that_is_out_of_date_changes_nobody(signed_in, rep, lead):
    actions.accept_handoff(handoff=lead, by=rep, at=AT)
    actions.disqualify(person=lead.person, handoff=lead, reason="no_need", by=rep, at=AT)

    answer = signed_in(rep).post(url("need", lead), {"need": "Proof", "impact": "The certificate"})

    assert answer.status_code == 422
    assert "Teo disqualified this lead" in text(answer)
    assert Person.objects.get(pk=lead.person_id).stage == "lead"


def test_refused_answer_shows_no_more_than_the_page_does(signed_in, rep):
    Organisation.objects.update(
        field_limits={"rep": {"person": {"hidden": ["phones", "emails", "job_title"]}}}
    )
    a_default_pool(rep)
    lead = a_handoff(
        person=a_person(
            full_name="Lena Fischer",
            job_title="Quality manager",
            phones=["+49 421 123456"],
            emails=["lena@halden.example"],
        )
    )
    browser = signed_in(rep)

    shown = browser.get(reverse("handoff:lead", args=[lead.key]))
    refused = browser.post(reverse("handoff:contact", args=[lead.key]), {})

    assert (shown.status_code, refused.status_code) == (200, 422)
    for answer in (shown, refused):
        said = answer.content.decode()
        assert "Lena Fischer" in said
        for hidden in ("421 123456", "lena@halden.example", "Quality manager"):
            assert hidden not in said
