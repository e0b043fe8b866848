"""What sellers and customer owners agree on: who signs, which version counts, how it is kept."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.models import Team, User
from baton.core.access.roles import Role
from baton.qualification.handoff.actions import BadAgreement, MayNotSign, amend_agreement
from baton.qualification.handoff.actions import sign_agreement as sign
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries import agreement_in_force, signing_sides
from baton.qualification.handoff.rules import Gives, Kind, Side
from baton.records.people.tests.factories import a_company
from baton.sales.customers import actions
from baton.sales.customers.models import Customer
from baton.sales.customers.queries.kept import By, Owed, kept_by
from baton.sales.customers.tests.factories import AT, a_customer, an_owners_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAGE = "/leads/agreement/owners/"


@pytest.fixture
def cora(south):
    return _user("Cora", Role.CUSTOMER_OWNER, team=south)


@pytest.fixture
def nora():
    return _user("Nina", Role.HEAD_OF_SALES)


def _user(name: str, role: Role, **over) -> User:
    return create_user(name=name, role=role, email=f"{name}@x.example", password=name, **over)


def _propose(by: User, *, at=AT, **values) -> Agreement:
    return amend_agreement(values=values, by=by, at=at, kind=Kind.OWNER)


def test_head_of_sales_and_who_leads_the_owners_sign(nora, cora, south, colleague):
    lead = _user("Lena", Role.SALES_MANAGER)
    Team.objects.filter(pk=south.pk).update(manager=lead)
    draft = _propose(nora, accept_minutes=240)

    with pytest.raises(MayNotSign):
        sign(agreement=draft, side=Side.CUSTOMERS, by=nora, at=AT)
    with pytest.raises(MayNotSign):
        sign(agreement=draft, side=Side.SALES, by=lead, at=AT)
    with pytest.raises(MayNotSign):
        sign(agreement=draft, side=Side.MARKETING, by=_user("Mia", Role.OWNER), at=AT)
    one = sign(agreement=draft, side=Side.SALES, by=nora, at=AT)
    both = sign(agreement=one, side=Side.CUSTOMERS, by=lead, at=AT + HOUR)

    assert (one.valid_from, both.valid_from) == (None, AT + HOUR)
    assert agreement_in_force(Kind.OWNER) == both
    assert signing_sides(colleague, kind=Kind.OWNER) == ()
    assert agreement_in_force() is None  # no other kind


def test_owner_who_leads_the_others_signs_on_the_page(signed_in, nora, cora, south):
    chief = _user("Cleo", Role.CUSTOMER_OWNER, team=south)
    User.objects.filter(pk=cora.pk).update(manager=chief)
    draft = _propose(nora)
    url = reverse("handoff:owners-sign", args=[1])

    page = signed_in(chief).get(PAGE)
    assert page.context["signs"] == [("customers", "Sign for the customer owners")]
    signed_in(cora).post(url, {"side": "customers", "read": draft.digest()})
    assert Agreement.objects.get().signed_sides() == []
    signed_in(chief).post(url, {"side": "customers", "read": draft.digest()})
    assert Agreement.objects.get().signed_sides() == [Side.CUSTOMERS]
    assert signed_in(cora).get(reverse("handoff:owners-amend")).status_code == 403


def test_terms_are_typed_proposed_and_read_in_each_version(signed_in, admin, rep):
    client, url = signed_in(admin), reverse("handoff:owners-amend")
    assert "usual terms count" in client.get(PAGE).text
    form = client.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in typed.items() if value is not None}

    bad = client.post(url, typed | {"gives": "one"})
    client.post(url, typed | {"gives": "one", "given_to": str(rep.key), "value_days": "30"})
    draft = Agreement.objects.get()
    for side in draft.parties():
        signed = {"side": side.value, "read": draft.digest()}
        client.post(reverse("handoff:owners-sign", args=[1]), signed)
    _propose(admin, respond_minutes=480)

    assert bad.status_code == 422
    assert (draft.gives, draft.given_to, draft.value_days) == (Gives.ONE, rep, 30)
    assert "First value within 30 days" in client.get(PAGE).text
    second = client.get(reverse("handoff:owners-version", args=[2]))
    [changed] = second.context["changes"]
    assert changed == ("First call within", "16 working hours", "8 working hours")
    with pytest.raises(BadAgreement):
        _propose(admin, quiet_days=None)


def test_customer_keeps_the_version_under_which_the_handover_began(rep, cora, signed_in):
    first = an_owners_agreement(respond_minutes=960, brief_minutes=60, value_days=20)
    customer = a_customer(by=rep)
    second = an_owners_agreement(at=AT + HOUR, respond_minutes=60, brief_minutes=None)

    old = actions.accept_customer(customer=customer, by=cora, at=AT + 2 * HOUR)
    new = a_customer(by=rep, at=AT + 3 * HOUR)

    assert (old.agreement, new.agreement) == (first, second)
    assert old.call_due_at == AT + 2 * DAY + 2 * HOUR  # 16 hours of work
    assert (old.brief_due_at, old.value_due_on) == (AT + HOUR, date(2026, 3, 22))
    assert new.brief_due_at is None
    page = signed_in(rep).get(customer.get_absolute_url()).text
    assert "A word of who sold them is promised" in page
    assert "promised by" in page


def test_versions_are_read_over_the_api(api_client, rep, cora):
    an_owners_agreement(gives=Gives.ONE.value, given_to_id=cora.pk)
    client, url = api_client(rep), "/api/v1/handoff/agreement/"

    told = client.get(url, {"kind": "ae_to_owner"}).json()
    customer = a_customer(by=rep, note="Hello")
    theirs = client.get(f"/api/v1/customers/{customer.key}/").json()
    assert (theirs["agreement_version"], theirs["briefed_at"]) == (1, "2026-03-02T09:00:00Z")
    listed = client.get(f"{url}versions/", {"kind": "ae_to_owner"}).json()

    assert (told["gives"], told["given_to"], told["quiet_days"]) == ("one", str(cora.key), 45)
    assert told["signed_for_customers_at"] is not None
    assert listed == [told]


def test_usual_terms_go_on_for_who_was_handed_over_before_any(rep, cora):
    customer = a_customer(by=rep)
    an_owners_agreement(at=AT + HOUR, respond_minutes=60)

    old = actions.accept_customer(customer=customer, by=cora, at=AT + 2 * HOUR)

    assert (old.agreement, old.call_due_at) == (None, AT + 2 * DAY + 2 * HOUR)


@pytest.fixture
def month(rep, colleague, cora):
    """Of three customers one is told of in time, taken over and called; one is told of late and
    taken over late; of the third nothing is done. Steps, first value and check-ins beside."""
    an_owners_agreement(brief_minutes=120, value_days=10)
    good, late, idle = (
        a_customer(by=by, company=a_company(name=name, owner=by))
        for by, name in ((rep, "Good"), (rep, "Late"), (colleague, "Idle"))
    )
    give = {"owner": cora, "by": rep}
    actions.give_customer(customer=good, note="Calls on Fridays", at=AT + HOUR, **give)
    actions.give_customer(customer=late, note="Late word", at=AT + DAY, **give)
    good = actions.accept_customer(customer=good, by=cora, at=AT + 2 * HOUR)
    actions.note_call(customer=good, by=cora, at=AT + 3 * HOUR)
    actions.accept_customer(customer=late, by=cora, at=AT + 3 * DAY)
    actions.set_first_value(customer=good, on=date(2026, 3, 9), by=cora, at=AT + 7 * DAY)
    for customer, whose in ((good, "owner"), (late, "seller"), (late, "customer")):
        on = date(2026, 3, 4)
        actions.add_step(customer=customer, name="Go", whose=whose, on=on, by=rep, at=AT)
    done = good.steps.get()
    actions.set_step(step=done, is_done=True, by=cora, at=AT + DAY)
    Customer.objects.filter(pk=good.pk).update(checkin_on=date(2026, 6, 1))
    Customer.objects.filter(pk=late.pk).update(checkin_on=date(2026, 3, 10))
    return good, late, idle


def test_each_figure_of_the_month_opens_as_many(month, admin, signed_in, rep):
    client = signed_in(admin)
    with time_machine.travel(AT + 20 * DAY, tick=False):
        sellers, owners = client.get(PAGE).context["sides"]
        counted = client.get(sellers.counted[2]).context["count"]
        lines = [*sellers.lines, *owners.lines]
        told = {line.words: (line.kept.kept, line.kept.all, line.kept.broken) for line in lines}
        for line in lines:
            assert client.get(line.url).context["count"] == line.kept.all
            assert client.get(line.broken_url).context["count"] == line.kept.broken
        table = client.get(reverse("customers:kept"), {"by": "seller"})
        for row in table.context["rows"]:
            assert client.get(row["url"]).context["count"] == row["handed"]
            for cell in row["cells"]:
                assert client.get(cell.url).context["count"] == cell.kept.all
                assert client.get(cell.broken_url).context["count"] == cell.kept.broken
        february = client.get(reverse("customers:kept"), {"month": "2026-02"})

    assert (sellers.counted[1], counted) == (3, 3)
    assert told == {
        "A word of their own within 2 working hours": (1, 3, 2),
        "Taken over within 8 working hours": (1, 3, 2),
        "First call within 16 working hours": (1, 2, 1),
        "Steps of the onboarding plan on their day": (1, 2, 1),
        "First value within 10 days": (1, 3, 2),
        "No check-in overdue": (1, 2, 1),
    }
    assert [(row["name"], row["handed"]) for row in table.context["rows"]] == [
        ("Teo", 2),
        ("Nora", 1),
    ]
    assert [row["handed"] for row in february.context["rows"]] == []
    with CaptureQueriesContext(connection) as asked:
        [alone] = kept_by(By.TEAM, user=admin, day=AT.date(), at=AT + 20 * DAY)
    questions = [one["sql"] for one in asked if "settings_organisation" not in one["sql"]]
    assert len(questions) == 8  # one a promise, whom was handed over, and whose check-in was late
    assert (alone.name, alone.handed, alone.of(Owed.CALL).all) == ("South", 3, 2)


def test_colleague_counts_whom_they_see_and_nonsense_is_nothing(month, signed_in, outsider):
    client = signed_in(outsider)  # of the owner's team
    with time_machine.travel(AT + 20 * DAY, tick=False):
        seen = client.get(reverse("customers:behind", args=["handed"])).context["count"]

    assert seen == Customer.objects.visible_to(outsider).count()
    for wrong in ("nonsense/", "handed/?by=owner&group=x"):
        assert client.get(f"/customers/agreement/behind/{wrong}").status_code == 404
    assert client.get("/customers/agreement/effect/accept/").status_code == 403


def test_what_was_kept_is_proposed(rep, cora, admin, signed_in):
    started = [a_customer(by=rep, note="Hello", at=AT + place * DAY) for place in range(20)]
    for place, customer in enumerate(started):
        at = AT + place * DAY + HOUR * (place % 5)
        actions.accept_customer(customer=customer, by=cora, at=at)
    client, url = signed_in(admin), reverse("handoff:owners-amend")

    with time_machine.travel(AT + 60 * DAY, tick=False):
        told = {label: line for label, *line in client.get(url).context["measured"]}
        form = client.post(url, {"measure": "1", "quiet_days": "9"}).context["form"]

    assert set(told) == {"The seller's own word within", "Taken over within"}
    assert told["Taken over within"][2] == "20"
    assert int(form["accept_minutes"].value()) <= 240
    assert (form["brief_minutes"].value(), form["quiet_days"].value()) == ("5", "9")


def test_draft_says_what_it_would_have_meant_before_it_is_signed(month, admin, signed_in):
    client = signed_in(admin)
    terms = {"accept_minutes": 2400, "brief_minutes": 30, "value_days": None, "quiet_days": 5}
    _propose(admin, at=AT + 20 * DAY, checkin_well=10, **terms)

    with time_machine.travel(AT + 20 * DAY, tick=False):
        found = client.get(PAGE).context["effects"]
        told = {str(one.words): (one.now, one.then, one.all) for one in found}
        for one in found:
            assert client.get(one.url).context["count"] == one.now
            assert client.get(f"{one.url}?then=1").context["count"] == one.then

    assert told == {
        "The seller's own word in time": (1, 0, 2),
        "Taken over in time": (1, 2, 2),
        "First calls in time": (1, 1, 1),
        "First value in time": (1, 1, 1),
        "Without a word for too long, today": (0, 3, None),
        "To be spoken with by today": (0, 2, None),
    }
