"""Answers and deals due: pages, the agreement's figures, and the API."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Agreement, Clock
from baton.qualification.handoff.tests.factories import a_mail, a_rep, an_agreement
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TERMS = {"reply_minutes": 600, "idle_days": 5, "step_days": 2, "pause_days": 10}


@pytest.fixture
def owed(company, rep, run_background):
    """Jonas wrote just now; Helga wrote two weeks ago, and has no answer."""
    agreement = an_agreement(TERMS)
    Agreement.objects.filter(pk=agreement.pk).update(valid_from=timezone.now() - timedelta(days=60))
    for name, hours in (("Jonas", 0), ("Helga", 14 * 24)):
        person = a_person(full_name=f"{name} Berg", owner=rep)
        a_mail(person, at=timezone.now() - hours * HOUR)
    run_background()
    actions.tend_clocks(at=timezone.now())
    rows = Clock.objects.select_related("person")
    return {clock.person.full_name.split()[0]: clock for clock in rows if clock.person}


def test_what_is_due_stands_on_the_page_the_desk_home_and_the_person(owed, signed_in, rep):
    browser = signed_in(rep)
    for url in (reverse("handoff:clocks"), reverse("handoff:desk"), "/"):
        page = browser.get(url).content.decode()
        assert page.index("Helga") < page.index("Jonas"), url
        assert "late" in page, url
    person = browser.get(owed["Helga"].person.get_absolute_url()).content.decode()
    assert "Answer due" in person


def test_nobody_of_another_team_sees_them(owed, signed_in, outsider):
    page = signed_in(outsider).get(reverse("handoff:clocks") + "?tab=team").content.decode()
    assert "Helga" not in page
    url = reverse("handoff:pause", args=[owed["Jonas"].key])
    assert signed_in(outsider).get(url).status_code == 404


def test_one_list_costs_the_same_for_many(
    owed, signed_in, rep, run_background, django_assert_max_num_queries
):
    browser = signed_in(rep)
    browser.get(reverse("handoff:clocks"))
    with django_assert_max_num_queries(16):
        browser.get(reverse("handoff:clocks"))
    for number in range(20):
        a_mail(a_person(full_name=f"Person {number}", owner=rep), at=timezone.now())
    run_background()
    assert Clock.objects.count() == 22
    with django_assert_max_num_queries(16):
        browser.get(reverse("handoff:clocks"))


def test_the_agreement_tells_how_they_are_kept_and_opens_them(owed, signed_in, admin):
    browser = signed_in(admin)
    page = browser.get(reverse("handoff:agreement")).content.decode()
    assert "An answer to each message within 10 working hours" in page
    assert "No deal lies idle for 5 working days" in page
    month = f"{owed['Helga'].since:%Y-%m}"
    url = reverse("handoff:clocks-behind", args=["reply"]) + f"?month={month}&broken=1"
    assert "Helga" in browser.get(url).content.decode()
    kept = browser.get(reverse("handoff:kept") + f"?month={month}").content.decode()
    assert "Messages answered" in kept
    assert "1 not kept" in kept


def test_a_pause_is_made_refused_and_ended(owed, signed_in, rep):
    browser, clock = signed_in(rep), owed["Jonas"]
    url = reverse("handoff:pause", args=[clock.key])
    far = timezone.localdate() + timedelta(days=30)
    refused = browser.post(url, {"until": far, "reason": "They asked"})
    assert refused.status_code == 422
    assert "at most 10 days" in refused.content.decode()
    assert "They asked" in refused.content.decode()
    near = timezone.localdate() + timedelta(days=3)
    browser.post(url, {"until": near, "reason": "They asked"})
    assert "Paused until" in browser.get(reverse("handoff:clocks")).content.decode()
    browser.post(reverse("handoff:resume", args=[clock.key]))
    assert "Paused until" not in browser.get(reverse("handoff:clocks")).content.decode()


def test_terms_are_typed_off_or_by_number(owed, signed_in, admin):
    browser = signed_in(admin)
    form = browser.get(reverse("handoff:amend")).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in typed.items() if value is not None}
    page = browser.get(reverse("handoff:amend"))
    typed |= {"reply_minutes": "", "step_days": 4, "read": page.context["read"]}
    browser.post(reverse("handoff:amend"), typed)
    draft = Agreement.objects.order_by("version").last()
    assert draft
    assert (draft.reply_minutes, draft.step_days) == (None, 4)
    assert "Answer a message within" in browser.get(reverse("handoff:agreement")).content.decode()


def test_the_api_lists_pauses_and_resumes(owed, api_client, rep):
    client = api_client(rep)
    found = client.get("/api/v1/handoff/clocks/?mine=true&is_running=true").json()["items"]
    names = {one["name"]: one for one in found}
    assert names["Helga Berg"]["late_at"]
    key = names["Jonas Berg"]["key"]
    until = (timezone.now() + timedelta(days=2)).isoformat()
    body = json.dumps({"until": until, "reason": "They asked"})
    paused = client.post(
        f"/api/v1/handoff/clocks/{key}/pause/", body, content_type="application/json"
    )
    assert paused.json()["paused_until"]
    again = client.post(f"/api/v1/handoff/clocks/{key}/resume/")
    assert again.json()["paused_until"] is None
    stranger = api_client(a_rep("Elsewhere"))
    assert stranger.post(f"/api/v1/handoff/clocks/{key}/resume/").status_code == 404
