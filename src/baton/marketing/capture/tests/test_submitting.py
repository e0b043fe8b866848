from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from baton.core.errors import RuleViolation
from baton.core.facts.models import FactRecord
from baton.marketing.capture.actions import Sender, Sent, submit_form, take_hits
from baton.marketing.capture.models import Form, Submission, Visit, Visitor
from baton.marketing.capture.rules import FieldKind, FormField, Source
from baton.marketing.capture.tests.factories import (
    AT,
    DIRECT,
    FIELDS,
    PLANTS,
    a_form,
    a_hit,
    a_page,
)
from baton.records.people.actions import record_consent
from baton.records.people.models import Company, Consent, Person
from baton.records.people.queries import consents_said, emails_of, phones_of
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db

JONAS = {"name": "Jonas Berg", "email": "jonas@corvid.example", "company": "Corvid Works"}
LATER = AT + timedelta(minutes=3)


def send(
    values: dict[str, str] = JONAS,
    *,
    form: Form | None = None,
    visitor: UUID | None = None,
    source: Source = DIRECT,
    token: UUID | None = None,
    **over,
) -> Sent:
    return submit_form(
        form=form or a_form(),
        values=values,
        token=token or uuid4(),
        sender=Sender(source=source, visitor=visitor, ip="203.0.113.7"),
        at=over.pop("at", LATER),
        **over,
    )


def sender_of(sent: Sent) -> Person:
    assert sent.submission.person
    return sent.submission.person


def names_of_facts() -> list[str]:
    return list(FactRecord.objects.order_by("pk").values_list("name", flat=True))


def test_stranger_becomes_a_person_of_marketing():
    page = a_page()

    sent = send(
        {**JONAS, "phone": "+49 421 5550101", "heard": "A colleague"}, page=page, source=PLANTS
    )

    person = Person.objects.get()
    assert sent.is_new
    assert (person.full_name, person.origin) == ("Jonas Berg", "marketing")
    assert person.company == Company.objects.get(name="Corvid Works")
    assert (person.channel, person.campaign, person.landing_page) == (
        "paid_social",
        "linkedin-plants",
        "/p/welcome/",
    )
    assert person.said_source == "A colleague"
    assert len(phones_of([person.pk])[person.pk]) == 1
    assert (sent.submission.person, sent.submission.page) == (person, page)


def test_form_is_told_with_its_code_and_source():
    form = a_form(name="Request a demo", code="request-demo")

    sent = send(form=form, source=PLANTS)

    [fact] = FactRecord.objects.filter(name="form.submitted")
    assert fact.happened_at == LATER
    assert fact.person_id == sent.submission.person_id
    assert fact.payload["form_code"] == "request-demo"
    assert fact.payload["campaign"] == "linkedin-plants"


def test_visits_before_the_form_become_the_persons_and_its_source():
    visitor = uuid4()
    take_hits(
        hits=[
            a_hit(visitor, minute=-3000, source=PLANTS, title="Welcome"),
            a_hit(visitor, minute=0, source=Source(channel="organic_search", source="google")),
            a_hit(visitor, minute=2, title="Pricing"),
        ]
    )

    sent = send(visitor=visitor)

    person = Person.objects.get()
    told = FactRecord.objects.filter(name="visit.made").order_by("happened_at")
    assert (person.channel, person.campaign) == ("paid_social", "linkedin-plants")
    assert set(Visit.objects.values_list("person", flat=True)) == {person.pk}
    assert [fact.happened_at for fact in told] == [AT - timedelta(minutes=3000), AT]
    assert told[1].payload["pages"] == ["Guide", "Pricing"]
    assert sent.submission.channel == "organic_search"
    assert sent.submission.visit == Visit.objects.latest("started_at")


def test_visits_are_told_before_the_form():
    visitor = uuid4()
    take_hits(hits=[a_hit(visitor)])

    send(visitor=visitor)

    names = names_of_facts()
    assert names.index("visit.made") < names.index("form.submitted")


def test_visit_told_with_a_form_is_not_told_again():
    visitor = uuid4()
    take_hits(hits=[a_hit(visitor)])
    send(visitor=visitor)

    send(visitor=visitor)

    assert names_of_facts().count("visit.made") == 1


def test_same_token_again_writes_nothing():
    token, form = uuid4(), a_form()
    first = send(form=form, token=token)
    facts = names_of_facts()

    second = send({**JONAS, "name": "Somebody Else"}, form=form, token=token)

    assert not second.is_new
    assert second.submission == first.submission
    assert Submission.objects.count() == Person.objects.count() == 1
    assert names_of_facts() == facts


def test_second_form_fills_only_what_is_empty():
    company = a_company()
    person = a_person(
        full_name="Jonas Berg",
        emails=["jonas@corvid.example"],
        company=company,
        said_source="A fair",
    )

    send(
        {
            "name": "J. B.",
            "email": "JONAS@corvid.example",
            "company": "Other Ltd",
            "heard": "Search",
            "phone": "+49 421 5550101",
        }
    )

    person.refresh_from_db()
    assert person.full_name == "Jonas Berg"
    assert person.company == company
    assert person.said_source == "A fair"
    assert [phone.e164 for phone in phones_of([person.pk])[person.pk]] == ["+494215550101"]
    assert [row.address for row in emails_of([person.pk])[person.pk]] == ["jonas@corvid.example"]


def test_person_whom_sales_added_keeps_origin_and_source():
    person = a_person(origin="sales", emails=["jonas@corvid.example"])

    send(source=PLANTS)

    person.refresh_from_db()
    assert (person.origin, person.channel) == ("sales", "")


def test_company_is_found_by_the_address_before_the_typed_name():
    company = a_company(name="Corvid Works GmbH", domains=["corvid.example"])

    send({**JONAS, "company": "corvid"})

    assert Person.objects.get().company == company
    assert Company.objects.count() == 1


@pytest.mark.parametrize("email", ["jonas@gmail.com", "jonas@corvid.example"])
def test_no_company_is_made_of_an_address_alone(email):
    send({"name": "Jonas Berg", "email": email})

    assert Person.objects.get().company is None
    assert not Company.objects.exists()


def test_two_known_people_are_never_made_one_by_a_cookie():
    visitor = uuid4()
    take_hits(hits=[a_hit(visitor, source=PLANTS)])
    jonas = sender_of(send(visitor=visitor))

    clara = sender_of(
        send({"name": "Clara Rossi", "email": "clara@corvid.example"}, visitor=visitor)
    )

    assert clara != jonas
    assert Visitor.objects.get().person == jonas
    assert set(Visit.objects.values_list("person", flat=True)) == {jonas.pk}
    assert (clara.channel, clara.campaign) == ("paid_social", "linkedin-plants")


def test_borrowed_browser_gives_its_present_visit_as_source_only():
    visitor = uuid4()
    take_hits(hits=[a_hit(visitor, minute=-9000, source=PLANTS)])
    send(visitor=visitor, at=AT - timedelta(minutes=8999))
    take_hits(hits=[a_hit(visitor, source=Source(channel="email", campaign="monthly-letter"))])

    clara = sender_of(send({"email": "clara@corvid.example"}, visitor=visitor))

    assert (clara.channel, clara.campaign) == ("email", "monthly-letter")


def test_ticked_consent_is_kept_with_its_wording_and_address():
    form = a_form(consent_wording="Send me the monthly letter. Leave with one click.")

    send({**JONAS, "letter": "yes"}, form=form)

    [consent] = consents_said(["jonas@corvid.example"])
    assert consent.is_given
    assert consent.wording == "Send me the monthly letter. Leave with one click."
    assert consent.ip == "203.0.113.7"
    assert consent.source == f"form {form.code}"


def test_ticked_consent_of_a_stranger_does_not_overturn_a_no():
    record_consent(
        email="jonas@corvid.example",
        purpose="newsletter",
        is_given=False,
        basis="consent",
        source="Phone call",
        at=AT,
    )

    send({**JONAS, "letter": "yes"})

    [consent] = consents_said(["jonas@corvid.example"])
    assert not consent.is_given
    assert Consent.objects.filter(is_given=True, basis="unconfirmed").count() == 1


def test_without_the_tick_there_is_no_consent():
    send()

    assert consents_said(["jonas@corvid.example"]) == []


def test_form_that_names_nobody_is_refused_and_leaves_nothing():
    note = FormField(code="note", kind=FieldKind.TEXTAREA, label="Question")

    with pytest.raises(RuleViolation):
        send({"note": "Hello?"}, form=a_form(fields=[*FIELDS, note]))

    assert not Submission.objects.exists()
    assert not FactRecord.objects.filter(name="form.submitted").exists()


def test_unknown_visitor_is_a_stranger():
    sent = send(visitor=uuid4(), source=PLANTS)

    assert sent.submission.visit is None
    assert sent.submission.campaign == "linkedin-plants"
