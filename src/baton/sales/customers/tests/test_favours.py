from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.core.mail.models import Mail
from baton.records.people.actions import merge_people
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person
from baton.records.relations.models import Relation
from baton.records.timeline.models import Task
from baton.sales.customers import actions
from baton.sales.customers.models import Customer, Favour, FavourTerms
from baton.sales.customers.queries import favour_counts, favour_terms, to_ask
from baton.sales.customers.rules import FavourKind, fits, months_before
from baton.sales.customers.tests.factories import AT, a_customer, a_survey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
LIST = reverse("customers:customers")
G2 = "https://g2.example/fennmark?a=1%20b"


@pytest.fixture
def halden(rep) -> Customer:
    FavourTerms.objects.create(pk=1, review_url=G2)
    firm = a_company(name="Halden", owner=rep)
    buyer = a_person(full_name="Ida Holm", emails=["ida@halden.example"], company=firm, owner=rep)
    return a_customer(by=rep, owner=rep, company=firm, person=buyer)


def _answer(customer: Customer, score: int, *, kind: str = "nps", at: datetime = AT) -> None:
    survey = a_survey(customer, kind=kind, at=at)
    actions.answer_survey(survey_id=survey.pk, score=score, comment="", at=at)


def _proposed(*, at: datetime = AT) -> list[str]:
    rows = to_ask(Customer.objects.living(), at=at, agreed=favour_terms())
    return [str(one) for one in rows]


def _ask(customer: Customer, rep, kind: str = "review", **over) -> Favour:
    usual = {"person": customer.person, "text": "Please", "by": rep, "at": AT}
    favour, _batch = actions.ask_favour(customer_id=customer.pk, kind=kind, **(usual | over))
    return favour


@pytest.mark.parametrize(
    ("at", "months", "before"),
    [
        (datetime(2026, 3, 31, tzinfo=UTC), 1, datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2026, 3, 2, tzinfo=UTC), 6, datetime(2025, 9, 2, tzinfo=UTC)),
        (datetime(2026, 1, 15, tzinfo=UTC), 13, datetime(2024, 12, 15, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(at, months, before):
    assert months_before(at, months) == before


def test_outcome_fits_what_was_asked():
    assert fits("review", "reviewed")
    assert fits("referral", "declined")
    assert not fits("review", "referred")
    assert not fits("referral", "reviewed")


@pytest.mark.parametrize(
    ("kind", "score", "is_proposed"),
    [("nps", 9, True), ("nps", 8, False), ("csat", 5, True), ("csat", 4, False)],
)
def test_only_who_is_very_content_is_proposed(halden, kind, score, is_proposed):
    _answer(halden, score, kind=kind)

    assert _proposed() == (["Halden"] if is_proposed else [])


def test_who_said_less_since_or_long_ago_is_not_proposed(halden):
    _answer(halden, 10)
    assert _proposed(at=AT + 364 * DAY) == ["Halden"]
    assert _proposed(at=AT + 366 * DAY) == []

    _answer(halden, 3, kind="csat", at=AT + 5 * DAY)
    assert _proposed(at=AT + 6 * DAY) == []


def test_open_issue_and_parting_stop_the_proposal(rep, halden):
    _answer(halden, 10)
    actions.open_issue(customer=halden, issue="Silent", by=rep, at=AT)
    assert _proposed() == []
    with pytest.raises(actions.NotNow):
        _ask(halden, rep)

    actions.close_issue(customer=halden, by=rep, at=AT)
    assert _proposed() == ["Halden"]
    actions.churn_customer(customer=halden, on=AT.date(), reason="price", by=rep, at=AT)
    assert _proposed() == []


def test_asking_makes_a_task_and_not_twice_in_six_months(rep, halden):
    _answer(halden, 10)
    favour = _ask(halden, rep)

    task = Task.objects.get()
    assert (task.owner, task.person, favour.task) == (rep, halden.person, task)
    assert task.title == "Ask for a review: Ida Holm"
    assert _proposed() == []
    with pytest.raises(actions.AskedLately):
        _ask(halden, rep, at=AT + 100 * DAY)
    _ask(halden, rep, "referral", at=AT + 100 * DAY)  # something else
    _ask(halden, rep, at=AT + 185 * DAY)
    assert FactRecord.objects.filter(name="favour.asked").count() == 3


def test_review_needs_its_page_and_one_of_their_people(rep, halden):
    with pytest.raises(actions.NotTheirs):
        _ask(halden, rep, person=a_person(owner=rep))
    FavourTerms.objects.update(review_url="")
    with pytest.raises(actions.NotNow):
        _ask(halden, rep)
    assert not Favour.objects.exists()


def test_mail_goes_at_once_and_the_task_looks_what_came_of_it(rep, halden, settings):
    settings.MAIL_IS_SET_UP = True

    favour = _ask(halden, rep, text="Please write", by_mail=True)

    mail = Mail.objects.get(kind="favour")
    assert (mail.to, mail.text) == ("ida@halden.example", "Please write\n")
    assert favour.mailed_at == AT
    assert Task.objects.get().title.startswith("See what became")


def test_without_a_mail_server_nothing_is_asked_by_mail(rep, halden):
    with pytest.raises(actions.NoMail):
        _ask(halden, rep, by_mail=True)
    assert not Favour.objects.exists()
    assert not Task.objects.exists()


def test_review_is_logged_its_task_done_and_taken_back(rep, halden):
    favour = _ask(halden, rep)

    batch = actions.close_favour(favour=favour, outcome="reviewed", by=rep, at=AT)
    with pytest.raises(actions.AnsweredAlready):
        actions.close_favour(favour=favour, outcome="declined", by=rep, at=AT)
    assert Task.objects.get().done_at == AT
    assert favour_counts(rep)["review", "reviewed"] == 1

    undo(batch=batch, by=rep, at=AT)
    favour.refresh_from_db()
    assert (favour.outcome, favour.closed_at) == ("", None)
    assert Task.objects.get().done_at is None


def test_review_is_not_referred(rep, halden):
    with pytest.raises(actions.AnsweredAlready):
        actions.close_favour(favour=_ask(halden, rep), outcome="referred", by=rep, at=AT)


def test_who_is_referred_becomes_a_lead_introduced_by_the_customer(rep, halden):
    favour = _ask(halden, rep, "referral")

    person, is_new, batch = actions.refer_person(
        favour=favour, name="Ole Berg", email="ole@lund.example", company="Lund", by=rep, at=AT
    )

    assert is_new
    assert (person.origin, person.channel, person.stage) == ("customer", "referral", "lead")
    assert (person.owner, str(person.company)) == (rep, "Lund")
    link = Relation.objects.get()
    assert (link.person, link.other, link.kind) == (halden.person, person, "introduced")
    favour.refresh_from_db()
    assert (favour.outcome, favour.referred) == ("referred", person)

    undo(batch=batch, by=rep, at=AT)
    favour.refresh_from_db()
    assert (favour.outcome, favour.referred) == ("", None)
    assert Person.objects.get(pk=person.pk).deleted_at
    assert Relation.objects.get().deleted_at


def test_known_one_is_linked_and_left_as_they_are(rep, halden):
    ole = a_person(full_name="Ole Berg", emails=["ole@lund.example"], owner=rep, origin="marketing")

    person, is_new, _batch = actions.refer_person(
        favour=_ask(halden, rep, "referral"),
        name="O. Berg",
        email="ole@lund.example",
        company="Lund",
        by=rep,
        at=AT,
    )

    assert (person, is_new) == (ole, False)
    ole.refresh_from_db()
    assert (ole.full_name, ole.origin, ole.company) == ("Ole Berg", "marketing", None)
    assert Relation.objects.get().other == ole


def test_referral_is_taken_back_though_whom_they_named_was_merged(rep, admin, halden):
    known, twin = (a_person(full_name="Per Lind", emails=[f"{n}@lind.example"]) for n in "ab")
    favour = _ask(halden, rep, "referral")
    said = {"name": "Per", "email": "a@lind.example", "company": ""}
    _person, _is_new, batch = actions.refer_person(favour=favour, by=rep, at=AT, **said)
    merge_people(kept=twin, merged=[known], by=admin, at=AT)

    undo(batch=batch, by=rep, at=AT)

    favour.refresh_from_db()
    assert (favour.outcome, favour.closed_at, favour.referred) == ("", None, None)


def test_nobody_refers_themselves(rep, halden):
    with pytest.raises(actions.NamedThemselves):
        actions.refer_person(
            favour=_ask(halden, rep, "referral"),
            name="Ida",
            email="ida@halden.example",
            company="",
            by=rep,
            at=AT,
        )
    assert not Favour.objects.exclude(outcome="").exists()


def test_taking_back_takes_the_task_along(rep, halden):
    favour = _ask(halden, rep)

    batch = actions.take_back_favour(favour=favour, by=rep, at=AT)
    assert batch
    assert Task.objects.get().deleted_at
    assert not Favour.objects.living().exists()

    undo(batch=batch, by=rep, at=AT)
    assert Task.objects.get().deleted_at is None
    assert Favour.objects.living().get() == favour


def test_screens_propose_ask_and_count(signed_in, rep, halden):
    now = timezone.now()
    _answer(halden, 10, at=now)
    client = signed_in(rep)
    assert [str(row.object) for row in client.get(LIST, {"view": "ask"}).context["list"].rows] == [
        "Halden"
    ]
    assert "Very content" in client.get(halden.get_absolute_url()).content.decode()

    url = reverse("customers:ask-review", args=[halden.key])
    text = client.get(url).context["form"].initial["text"]
    assert G2 in text
    client.post(url, {"person": halden.person.key, "text": text})
    favour = Favour.objects.get()
    again = client.post(url, {"person": halden.person.key, "text": "Kept as typed"})
    assert again.status_code == 422
    assert "Kept as typed" in again.content.decode()
    client.post(reverse("customers:granted", args=[favour.key]))

    page = client.get(LIST).content.decode()
    assert "of 1 asked" in page
    rows = client.get(reverse("customers:favours"), {"view": "reviewed"}).context["list"].rows
    assert [row.object for row in rows] == [favour]


def test_referral_is_typed_on_its_screen(signed_in, rep, halden):
    favour = _ask(halden, rep, "referral")
    client, url = signed_in(rep), reverse("customers:referred", args=[favour.key])

    assert client.post(url, {"name": "", "email": "no address"}).status_code == 422
    client.post(url, {"name": "Ole Berg", "email": "", "company": ""})

    ole = Person.objects.get(full_name="Ole Berg")
    page = client.get(halden.get_absolute_url()).content.decode()
    assert ole.get_absolute_url() in page


def test_colleague_of_another_team_sees_none_of_it(signed_in, rep, outsider, halden):
    favour = _ask(halden, rep)
    client = signed_in(outsider)

    assert client.post(reverse("customers:declined", args=[favour.key])).status_code == 404
    assert client.get(reverse("customers:ask-review", args=[halden.key])).status_code == 404
    assert favour_counts(outsider)["review", "all"] == 0


def test_kinds_have_their_counts_before_anybody_was_asked(rep):
    assert favour_counts(rep) == {(kind.value, "all"): 0 for kind in FavourKind}
