from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.rules import RETURN, Kind, State
from baton.qualification.handoff.tests.factories import (
    a_default_pool,
    a_handoff,
    a_rep,
    an_executives_agreement,
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def sdr(north):
    return a_rep("Ravi", team=north)


@pytest.fixture
def ae(north):
    return a_rep("Nils", team=north)


@pytest.fixture
def head(north):
    return create_user(name="Nora", role=Role.HEAD_OF_SALES, team=north, email="nora@x.example")


@pytest.fixture
def accepted(sdr):
    a_default_pool(sdr)
    at = timezone.now() - timedelta(minutes=30)
    return actions.accept_handoff(handoff=a_handoff(at=at), by=sdr, at=at)


@pytest.fixture
def handed(accepted, sdr, ae):
    an_executives_agreement(ae)
    actions.confirm_need(
        person=accepted.person, need="No gaps", impact="Two audits", by=sdr, at=timezone.now()
    )
    return Handoff.objects.to_executives().get()


def page(client, name, *args, **asked):
    return client.get(reverse(f"handoff:{name}", args=args), asked)


def test_it_is_off_until_both_heads_have_turned_it_on(signed_in, admin, ae):
    client, pool = signed_in(admin), actions.create_pool(name="Closers", by=None, at=timezone.now())
    assert "Turn it on" in page(client, "executives").text
    form = page(client, "executives-amend").context["form"]
    typed = {name: field.value() for name, field in zip(form.fields, form, strict=True)}
    typed = {name: value for name, value in typed.items() if value is not None}

    client.post(reverse("handoff:executives-amend"), typed | {"pool": str(pool.key)})
    draft = Agreement.objects.of_kind(Kind.EXECUTIVE).get()
    for side in ("marketing", "sales"):
        client.post(
            reverse("handoff:executives-sign", args=[1]), {"side": side, "read": draft.digest()}
        )

    draft.refresh_from_db()
    assert (draft.pool, draft.valid_from is not None, draft.is_on) == (pool, True, True)
    assert "Closers" in page(client, "executives").text


def test_without_a_pool_the_form_says_so_and_keeps_what_was_typed(signed_in, admin):
    client = signed_in(admin)

    answer = client.post(
        reverse("handoff:executives-amend"),
        {
            "is_on": "on",
            "accept_minutes": "77",
            "respond_minutes": "10",
            "grace_minutes": "1",
            "max_rounds": "1",
            "attempts": "1",
            "attempt_days": "1",
            "return_reasons": ["need_unclear"],
        },
    )

    assert answer.status_code == 422
    assert "Choose the pool of account executives" in answer.text
    assert 'value="77"' in answer.text


def test_a_rep_may_read_the_agreement_and_not_change_it(signed_in, sdr):
    client = signed_in(sdr)

    assert page(client, "executives").status_code == 200
    assert page(client, "executives-amend").status_code == 403


def test_the_executive_reads_what_the_sdr_learnt_and_takes_over(signed_in, handed, ae):
    client = signed_in(ae)

    lead = page(client, "lead", handed.key).text
    assert "What Ravi learnt" in lead
    assert "Two audits" in lead
    assert "SDR to AE" in page(client, "desk").text
    client.post(reverse("handoff:accept", args=[handed.key]))

    assert Person.objects.get(pk=handed.person_id).owner == ae
    taken = page(client, "lead", handed.key).text
    assert "Take over" not in taken
    assert "Need confirmed</button>" not in taken


def test_the_executive_turns_down_with_a_reason_of_this_agreement(signed_in, handed, ae):
    client = signed_in(ae)

    bad = client.post(reverse("handoff:return", args=[handed.key]), {"note": "Hm"})
    assert (bad.status_code, "Choose a reason." in bad.text) == (422, True)
    client.post(reverse("handoff:return", args=[handed.key]), {"reason": "no_meeting"})

    handed.refresh_from_db()
    assert (handed.state, handed.verdict) == (State.REJECTED, "no_meeting")


def test_the_sdr_reads_who_was_asked(signed_in, accepted, sdr, ae):
    an_executives_agreement(ae)
    client = signed_in(sdr)

    lead = page(client, "lead", accepted.key).text
    assert reverse("handoff:person-hand-on", args=[accepted.person.key]) in lead
    done = client.post(
        reverse("handoff:need", args=[accepted.key]), {"need": "A", "impact": "B"}, follow=True
    )

    assert "Nils has been asked to take over." in done.text


def test_handed_on_by_hand_with_the_need_in_one_go_and_taken_back(signed_in, sdr, ae):
    an_executives_agreement(ae)
    person = a_person(origin="sales", owner=sdr)
    client, url = signed_in(sdr), reverse("handoff:person-hand-on", args=[person.key])

    bad = client.post(url, {"need": "A gap", "impact": "", "executive": str(ae.key)})
    assert (bad.status_code, "A gap" in bad.text) == (422, True)
    assert Person.objects.get(pk=person.pk).stage == "lead"
    client.post(url, {"need": "A gap", "impact": "Money", "executive": str(ae.key), "note": "Hi"})

    made = Handoff.objects.get()
    assert (made.rep, made.person.stage, made.brief["learnt"]["note"]) == (ae, "sql", "Hi")
    client.post(reverse("handoff:take-back", args=[made.key]))
    made.refresh_from_db()
    assert made.state == State.WITHDRAWN


def test_nobody_else_takes_back(signed_in, handed, ae):
    client = signed_in(ae)

    assert client.post(reverse("handoff:take-back", args=[handed.key])).status_code == 404


def test_the_button_stands_with_an_sql_only_where_it_is_agreed(signed_in, sdr, ae, accepted):
    person, client = accepted.person, signed_in(sdr)
    actions.confirm_need(person=person, need="A", impact="B", by=sdr, at=timezone.now())
    url = reverse("handoff:person-hand-on", args=[person.key])

    before = client.get(person.get_absolute_url()).text
    an_executives_agreement(ae)
    after = client.get(person.get_absolute_url()).text

    assert (url in before, url in after) == (False, True)


def test_the_page_says_how_both_sides_keep_it(signed_in, handed, ae, head):
    actions.reject_handoff(handoff=handed, reason="no_meeting", by=ae, at=timezone.now())
    client = signed_in(head)

    shown = page(client, "executives")
    [one] = shown.context["qualifiers"]
    assert (one.name, one.handed, one.answered, one.returned, one.sound) == ("Ravi", 1, 1, 1, 0)
    assert "Did not come to the meeting" in shown.text
    behind = page(client, "executives-behind", "returned", sdr=str(one.key), reason="no_meeting")
    assert [one.handoff for one in behind.context["behind"]] == [handed]
    kept = page(client, "executives-behind", "accept")
    assert [one.handoff for one in kept.context["behind"]] == [handed]
    assert page(client, "executives-behind", "accept", broken="1").context["behind"] == []
    for name, count in (("sound", 0), ("deals", one.deals), ("mqls", one.handed)):
        assert page(client, "executives-behind", name, sdr=str(one.key)).context["count"] == count
    for by in ("rep", "team", "campaign", "persona"):
        table = page(client, "executives-kept", by=by)
        for row in table.context["rows"]:
            assert client.get(row.url).context["count"] == row.handed
            for cell in row.cells:
                assert client.get(cell.url).context["count"] == cell.kept.all
                assert client.get(cell.broken_url).context["count"] == cell.kept.broken
        assert sum(row.handed for row in table.context["rows"]) == 1
    assert page(client, "executives-behind", "nonsense").status_code == 404
    assert page(client, "executives-behind", "mqls", sdr="nonsense").status_code == 404


def test_a_draft_says_what_it_would_have_meant_and_each_version_is_read(
    signed_in, handed, ae, head
):
    at = handed.offered_at
    Handoff.objects.filter(pk=handed.pk).update(offered_at=at - timedelta(days=7))
    actions.accept_handoff(handoff=handed, by=ae, at=timezone.now())
    draft = actions.amend_agreement(
        values={"accept_minutes": 9600, "return_reasons": [reason.code for reason in RETURN]},
        by=head,
        at=timezone.now(),
        kind=Kind.EXECUTIVE,
    )
    client = signed_in(head)

    shown = page(client, "executives")
    [answered, responded] = shown.context["effects"]
    assert (answered.now, answered.then, answered.all, responded.all) == (0, 1, 1, 0)
    assert answered.words == "Taken over or turned down in time"
    assert client.get(answered.url).context["count"] == 0
    assert client.get(f"{answered.url}?then=1").context["count"] == 1
    assert page(client, "executives-effect", "scored").status_code == 404
    assert page(client, "executives-version", draft.version).context["changes"] == [
        ("Take over or turn down within", "4 working hours", "160 working hours")
    ]
    assert page(client, "executives-version", 9).status_code == 404


def test_the_first_agreement_counts_none_of_it(signed_in, handed, head):
    client = signed_in(head)

    assert page(client, "agreement").context["found"].handed == 1
    assert page(client, "executives").context["found"].handed == 1


def test_over_the_api(api_client, sdr, ae):
    an_executives_agreement(ae)
    person, mine = a_person(origin="sales", owner=sdr), api_client(sdr)

    url = f"/api/v1/handoff/people/{person.key}/hand-on/"
    assert mine.post(url, {}, content_type="application/json").status_code == 409
    sent = {"need": "A", "impact": "B", "rep": str(ae.key)}
    made = mine.post(url, sent, content_type="application/json").json()

    assert (made["kind"], made["rep_name"], made["handed_by_name"]) == ("sdr_to_ae", "Nils", "Ravi")
    [listed] = mine.get("/api/v1/handoff/?kind=sdr_to_ae").json()["items"]
    assert listed["key"] == made["key"]
    agreed = mine.get("/api/v1/handoff/agreement/?kind=sdr_to_ae").json()
    assert (agreed["kind"], agreed["is_on"], agreed["accept_minutes"]) == ("sdr_to_ae", True, 240)
    back = mine.post(f"/api/v1/handoff/{made['key']}/take-back/")
    assert (back.status_code, back.json()["state"]) == (200, "withdrawn")
