"""From the question over the public page to the figures."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.core.mail.models import Mail
from baton.records.people.actions import record_consent
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.customers import actions
from baton.sales.customers.models import Survey
from baton.sales.customers.queries import satisfaction, satisfied
from baton.sales.customers.tests.factories import AT, a_customer
from baton.sales.customers.tokens import survey_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
LIST = reverse("customers:surveys")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def customer(rep):
    firm = a_company(name="Halden", owner=rep)
    ida = a_person(owner=rep, company=firm, full_name="Ida Holm", emails=["ida@halden.example"])
    return a_customer(by=rep, owner=rep, company=firm, person=ida)


def _ask(customer, kind="nps", person=None, at=AT, **over):
    person = person or customer.person
    return actions.ask_customer(
        customer_id=customer.pk, person=person, kind=kind, at=at, by=None, **over
    )


def _answer(customer, score, kind="nps", person=None, at=AT):
    survey, _batch = _ask(customer, kind, person, at=at)
    actions.answer_survey(survey_id=survey.pk, score=score, comment="", at=at)
    return survey


class Buyer:
    """A browser without script, session or cookie."""

    def __init__(self, survey, clock) -> None:
        self.url, self.clock, self.client = survey_path(survey), clock, Client()

    def open(self):
        return self.client.get(self.url)

    def send(self, wait=30, **typed):
        text = unescape(self.open().content.decode())
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
        self.clock.shift(timedelta(seconds=wait))
        return self.client.post(self.url, {**hidden, **typed})


@pytest.fixture
def survey(customer):
    return _ask(customer)[0]


@pytest.fixture
def buyer(survey, clock):
    return Buyer(survey, clock)


def _told():
    return list(FactRecord.objects.filter(name="survey.answered").order_by("pk"))


def test_opening_the_link_is_no_answer(buyer, survey):
    page = buyer.open()
    buyer.client.head(buyer.url)
    buyer.client.get(f"{buyer.url}?score=9")

    survey.refresh_from_db()
    assert page.status_code == 200
    assert "recommend" in page.content.decode()
    assert "<script" not in page.content.decode().partition("<form")[2]
    assert (survey.answered_at, survey.score) == (None, None)
    assert not page.cookies


def test_answer_is_kept_and_told_on_the_timeline(buyer, survey):
    sent = buyer.send(score="9", comment="Quick and kind")

    survey.refresh_from_db()
    [fact] = _told()
    assert (sent.status_code, survey.score, survey.comment) == (303, 9, "Quick and kind")
    assert (fact.person_id, fact.company_id) == (survey.person_id, survey.customer.company_id)
    assert fact.payload == {
        "customer_id": survey.customer_id,
        "kind": "nps",
        "score": 9,
        "comment": "Quick and kind",
        "is_change": False,
    }
    assert "Thank you" in buyer.client.get(sent["Location"]).content.decode()


def test_answer_may_be_changed_for_seven_days(buyer, survey, clock):
    buyer.send(score="9")
    buyer.send(score="9")
    buyer.send(score="4", comment="No")
    clock.shift(7 * DAY)
    late = buyer.open()

    survey.refresh_from_db()
    assert (survey.score, survey.comment) == (4, "No")
    assert [one.payload["is_change"] for one in _told()] == [False, True]
    assert (late.status_code, "Your answer stands" in late.content.decode()) == (410, True)


def test_bad_and_quick_answers_are_asked_again_with_what_was_typed(buyer, survey):
    nothing = buyer.send(comment="Only words")
    beyond = buyer.send(score="11", comment="Too much")
    quick = buyer.send(wait=0, score="8", comment="Quick")
    machine = buyer.send(score="8", _website="x")
    forged = buyer.client.post(buyer.url, {"score": "8", "_token": "x"})
    foreign = buyer.client.post(buyer.url, {"score": "8"}, headers={"Sec-Fetch-Site": "cross-site"})

    survey.refresh_from_db()
    found = [one.status_code for one in (nothing, beyond, quick, machine, forged, foreign)]
    assert found == [422, 422, 422, 200, 422, 403]
    assert "Only words" in nothing.content.decode()
    assert "Quick" in quick.content.decode()
    assert survey.answered_at is None


def test_token_of_another_question_is_not_taken(customer, buyer, survey, clock):
    other = Buyer(_ask(customer, "csat")[0], clock)
    text = unescape(other.open().content.decode())
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    clock.shift(timedelta(seconds=30))

    assert buyer.client.post(buyer.url, {**hidden, "score": "5"}).status_code == 422


def test_link_says_plainly_that_it_is_old_or_taken_back(buyer, survey, customer, clock):
    batch = actions.take_back_survey(survey=survey, by=None, at=AT)
    gone = buyer.open()
    assert batch
    undo(batch=batch, by=None, at=AT)
    back = buyer.open()
    clock.shift(60 * DAY)
    old = buyer.open()
    forged = buyer.client.get("/ask/nothing:of-ours/")

    found = [one.status_code for one in (gone, back, old, forged)]
    assert found == [410, 200, 410, 404]
    assert "taken back" in gone.content.decode()
    assert "60 days" in old.content.decode()


def test_answered_question_is_not_taken_back(customer):
    survey = _answer(customer, 3)

    assert actions.take_back_survey(survey=survey, by=None, at=AT) is None
    assert Survey.objects.living().count() == 1


def test_one_open_question_of_a_kind_and_only_to_their_people(customer, survey, rep):
    with pytest.raises(actions.AskedAlready):
        _ask(customer)
    with pytest.raises(actions.NotTheirs):
        _ask(customer, person=a_person(owner=rep))

    assert _ask(customer, at=AT + 61 * DAY)[0].pk != survey.pk


def test_mail_goes_unless_somebody_said_no(customer, rep, settings):
    with pytest.raises(actions.NoMail):
        _ask(customer, by_mail=True)  # no server
    settings.MAIL_IS_SET_UP = True

    survey, _batch = _ask(customer, by_mail=True)

    [mail] = Mail.objects.all()
    assert mail.to == "ida@halden.example"
    assert survey_path(survey) in mail.text


@pytest.mark.parametrize("purpose", ["one-to-one", "newsletter"])
@pytest.mark.parametrize("basis", ["consent", "unconfirmed"])
def test_who_refused_our_mail_gets_none(customer, settings, purpose, basis):
    settings.MAIL_IS_SET_UP = True
    said = {"email": "ida@halden.example", "purpose": purpose, "source": "form", "at": AT - DAY}
    record_consent(is_given=True, basis="consent", **{**said, "at": AT - 2 * DAY})
    record_consent(is_given=False, basis=basis, **said)

    with pytest.raises(actions.NoMail, match="said no to our mail"):
        _ask(customer, by_mail=True)

    assert not Mail.objects.exists()
    assert _ask(customer)[0].mailed_at is None


def test_owner_asks_sees_the_link_and_undoes_it(signed_in, rep, outsider, customer):
    url, client = reverse("customers:ask", args=[customer.key]), signed_in(rep)
    typed = {"person": str(customer.person.key), "kind": "nps"}

    page = client.post(url, typed, follow=True).content.decode()
    again = client.post(url, typed)
    survey = Survey.objects.get()
    client.post(reverse("customers:take-back", args=[survey.key]))
    foreign = signed_in(outsider).post(url, typed)

    assert survey_path(survey) in unescape(page)
    assert (again.status_code, foreign.status_code) == (422, 404)
    assert not Survey.objects.living().exists()


def test_figures_count_each_person_once_and_open_their_answers(signed_in, rep, customer):
    bo = a_person(owner=rep, company=customer.company, full_name="Bo Lind")
    _answer(customer, 3, at=AT - 400 * DAY)
    _answer(customer, 4, at=AT - 30 * DAY)
    _answer(customer, 9)
    _answer(customer, 6, person=bo)
    _answer(customer, 5, kind="csat")

    found = satisfaction(rep, at=AT)
    client = signed_in(rep)
    page = client.get(LIST)

    def listed(view):
        return len(client.get(LIST, {"view": view}).context["list"].rows)

    assert found.nps
    assert (found.nps.value, found.nps.count) == (0.0, 2)
    assert found.csat
    assert (found.csat.value, found.csat.count) == (1.0, 1)
    counts = [listed(view) for view in ("", "nps", "nps-good", "nps-middle", "nps-bad", "csat")]
    assert counts == [5, 2, 1, 0, 1, 1]
    assert "view=nps" in page.content.decode()
    assert "likely" in client.get(reverse("customers:customers")).content.decode()


def test_list_costs_the_same_whatever_its_length(signed_in, rep, customer):
    client = signed_in(rep)
    _answer(customer, 9)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(8):
        firm = a_company(name=f"Firm {number}", owner=rep)
        ada = a_person(owner=rep, company=firm)
        _answer(a_customer(by=rep, company=firm, person=ada), number)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(few) == len(many)


def test_outsider_sees_no_answer(signed_in, outsider, customer):
    _answer(customer, 2)

    assert not signed_in(outsider).get(LIST).context["list"].rows
    assert satisfaction(outsider, at=AT).nps is None


def test_satisfaction_of_days_is_measured_for_goals(rep, customer):
    day = date(2026, 3, 2)
    assert satisfied(day, day, None) is None

    _answer(customer, 5, kind="csat", at=AT - 5 * DAY)
    _answer(customer, 2, kind="csat")
    _answer(customer, 9)

    latest, whole = satisfied(day, day, None), satisfied(date(2026, 2, 1), day, frozenset({rep.pk}))
    assert latest
    assert whole
    assert (latest.value, whole.value, whole.count) == (0, 0.5, 2)
    assert satisfied(date(2026, 2, 1), day, frozenset()) is None
