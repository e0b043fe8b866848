"""Marketing answers what sales said about a lead."""

import pytest
import time_machine
from django.urls import reverse

from baton.core.notices.models import Notice
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Reply
from baton.qualification.handoff.rules import ReplyKind
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def rejected(teo):
    a_default_pool(teo)
    lead = a_handoff(person=a_person(full_name="Lena Fischer"))
    return actions.reject_handoff(handoff=lead, reason="no_fit", note="Too small", by=teo, at=AT)


def test_answer_is_told_to_who_gave_the_verdict(rejected, marketer, run_background):
    actions.reply_to_verdict(
        handoff=rejected, kind=ReplyKind.DISPUTED, note="400 people", by=marketer, at=AT
    )
    run_background()

    reply = Reply.objects.get()
    assert (reply.kind, reply.note, reply.by) == ("disputed", "400 people", marketer)
    told = Notice.objects.filter(kind="lead.replied")
    assert list(told.values_list("user__name", "what")) == [("Teo", "Lena Fischer")]


def test_later_answer_replaces_the_one_before(rejected, marketer):
    for kind, note in (("disputed", "400 people"), ("agreed", ""), ("agreed", "")):
        actions.reply_to_verdict(handoff=rejected, kind=kind, note=note, by=marketer, at=AT)

    assert list(Reply.objects.values_list("kind", "note")) == [("agreed", "")]


@pytest.mark.parametrize(("kind", "note"), [("disputed", "  "), ("shrugged", "x")])
def test_dispute_without_evidence_and_unknown_answers_are_refused(rejected, marketer, kind, note):
    with pytest.raises(actions.BadVerdict):
        actions.reply_to_verdict(handoff=rejected, kind=kind, note=note, by=marketer, at=AT)

    assert not Reply.objects.exists()


def test_lead_that_was_not_turned_down_has_no_reason_to_answer(teo, marketer):
    a_default_pool(teo)

    with pytest.raises(actions.BadVerdict, match="no reason to answer"):
        actions.reply_to_verdict(handoff=a_handoff(), kind="agreed", by=marketer, at=AT)


def test_marketer_answers_from_the_list_and_the_rep_reads_it(
    rejected, marketer, teo, signed_in, run_background
):
    browser = signed_in(marketer)
    quality = browser.get(reverse("handoff:quality"))
    listed = browser.get(quality.context["waiting_url"]).content.decode()
    page = reverse("handoff:reply", args=[rejected.key])

    waiting = quality.context["waiting_url"]
    form = browser.get(page, HTTP_REFERER=f"http://testserver{waiting}").context
    refused = browser.post(page, {"kind": "disputed", "back": form["back"]})
    typed = {"kind": "disputed", "note": "400 people by their site"}
    answered = browser.post(page, typed | {"back": refused.context["back"]})
    elsewhere = browser.post(page, typed | {"back": "https://elsewhere.example/"})
    after = browser.get(reverse("handoff:quality"))
    seen = signed_in(teo).get(reverse("handoff:lead", args=[rejected.key])).content.decode()
    run_background()
    story = signed_in(marketer).get(rejected.person.get_absolute_url()).content.decode()

    assert quality.context["waiting"] == 1
    assert page in listed
    assert (refused.status_code, "speaks against" in refused.content.decode()) == (422, True)
    assert answered.url == waiting  # the next reason is answered from there
    assert elsewhere.url == reverse("handoff:lead", args=[rejected.key])
    assert after.context["waiting"] == 0
    for text in (seen, story):
        assert "400 people by their site" in text
    assert "Disputed" in seen


def test_sales_answers_no_reasons_of_its_own(rejected, teo, signed_in, api_client):
    page = reverse("handoff:reply", args=[rejected.key])

    assert signed_in(teo).get(page).status_code == 403
    assert "Answer the reason" not in (
        signed_in(teo).get(reverse("handoff:lead", args=[rejected.key])).content.decode()
    )


def test_over_the_api(rejected, marketer, rep, api_client):
    url = f"/api/v1/handoff/{rejected.key}/reply/"
    body = {"kind": "mended", "note": "The form asks for the size now"}

    done = api_client(marketer).post(url, body, content_type="application/json")
    bad = api_client(marketer).post(url, {"kind": "x"}, content_type="application/json")

    assert (done.json()["reply"], done.json()["reply_note"]) == ("mended", body["note"])
    assert bad.status_code == 409
    assert api_client(rep).post(url, body, content_type="application/json").status_code == 403
