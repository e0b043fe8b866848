import pytest
from django.db.models import Q
from django.utils import timezone

from baton.core import filters, offers
from baton.core.filters import compiling
from baton.core.settings.queries import organisation_zone
from baton.records.people.actions import trash_companies
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db

ASKED_OF = {"person": Person, "company": Company}
VALUES = {"text": "x", "number": "1", "date": "2026-03-01"}


def found(object_type, field, op, value):
    tree = {"field": f"{object_type}.{field}", "op": op, "value": value}
    asked = filters.compile(
        filters.parse(tree, object_type=object_type), at=timezone.now(), zone=organisation_zone()
    )
    return set(ASKED_OF[object_type]._default_manager.filter(asked))


@pytest.mark.parametrize("kind", ["person", "company"])
def test_every_offered_field_can_be_asked(kind):
    fields = [field for field in filters.fields_of(kind) if field.kind in VALUES]

    for field in fields:
        op = filters.OPERATORS[field.kind][0]
        assert found(kind, field.name, op, VALUES[field.kind]) == set()

    assert len(fields) > 5


@pytest.mark.parametrize(
    ("field", "op", "value"),
    [
        ("stage", "is", "lead"),
        ("origin", "in", ["sales", "partner"]),
        ("job_title", "contains", "ENERGY"),
        ("company", "is", "halden foods"),
        ("employee_count", ">=", "40"),
        ("email_domain", "is", "halden.example"),
        ("channel", "is", "fair"),
        ("country", "starts_with", "Ger"),
    ],
)
def test_person_is_found_by_what_they_are(field, op, value):
    company = a_company(name="Halden Foods", employee_count=40)
    ann = a_person(
        origin="sales",
        job_title="Energy manager",
        company=company,
        emails=["ann@halden.example", "ann@other.example"],
        channel="fair",
        country="Germany",
    )
    other = a_person(job_title="Buyer", emails=["x@other.example"])
    Person.objects.filter(pk=other.pk).update(stage="mql")

    assert found("person", field, op, value) == {ann}


@pytest.mark.parametrize(
    ("field", "op", "value", "count"),
    [
        ("email_domain", "is", "A-Bee.Example", 1),
        ("email_domain", "is", "bee.example", 0),
        ("email_domain", "in", ["fenn.example", "a-bee.example"], 2),
        ("email_domain", "starts_with", "a-b", 1),
        ("email_domain", "starts_with", "bee", 0),
        ("email_domain", "starts_with", "-", 0),
        ("email_domain", "is_not", "fenn.example", 3),
        ("email", "starts_with", "_.K", 1),
        ("email", "is", "_.k@fenn.example", 1),
        ("email", "is", "jo@müll.example", 1),
        ("email", "starts_with", "jo@m", 1),
        ("email", "starts_with", "jo@mu", 0),
        ("bounced", "is", False, 4),
        ("phone_unread", "is", True, 1),
    ],
)
def test_index_of_words_leaves_nobody_out_and_takes_nobody_in(field, op, value, count):
    a_person(full_name="Fenn", emails=["x@a-bee.example", "y@fenn.example"])
    a_person(emails=["_.k@fenn.example"], phones=["call me"])
    a_person(emails=["Jo@müll.example"])
    a_person(emails=[])

    assert len(found("person", field, op, value)) == count


def test_person_is_found_by_owner(rep, colleague):
    ann = a_person(owner=rep)
    a_person(owner=colleague)

    assert found("person", "owner", "is", rep.pk) == {ann}


def test_company_is_found_by_its_domain():
    halden = a_company(domains=["halden.example"])
    a_company()

    assert found("company", "domain", "starts_with", "halden") == {halden}


def test_facts_that_change_an_answer_are_named():
    named = {field.name: field.changed_by for field in filters.fields_of("person")}

    assert named["stage"] == {"person.created", "lifecycle.changed"}
    assert named["industry"] >= {"company.changed", "person.changed"}
    assert len(offers.filter_fields) == len({filters.key_of(one) for one in offers.filter_fields})


def test_index_of_words_hides_nobody_whatever_the_letters(monkeypatch):
    """Companies and people by name, people by company, also by one in the trash: as without the
    index."""
    names = [
        "Straße & Söhne",
        "İzmir Gıda",
        "O’Neil-Lund",
        "Halden B.V.",
        "東京 株式会社",
        "A+B",
        "ﬁne Œuvre",
        "Öl+",
    ]
    for name in names:
        for shown in (name, f"{name} North"):
            a_person(full_name=shown, company=a_company(name=shown))
    gone = Company.objects.get(name="A+B")
    trash_companies(company_ids=[gone.pk], by=None, at=AT)

    def answers():
        return [
            found(kind, field, op, text) - {gone}
            for kind, field in (("company", "name"), ("person", "company"), ("person", "full_name"))
            for name in names
            for op, text in (("starts_with", name[:3]), *(("is", one) for one in written(name)))
        ]

    def written(name):
        return name, name.upper(), name.casefold(), name.replace(" ", "  ")

    by_index = answers()
    monkeypatch.setattr(compiling, "_among", lambda condition: Q())
    assert by_index == answers()
    assert sum(map(bool, by_index)) > 60


@pytest.mark.parametrize("asked", ["DE", "de", "germany", "Deutschland"])
def test_codes_and_names_of_a_country_are_alike(asked):
    company = a_company(country="Germany")
    named, coded = a_person(country="Germany", company=company), a_person()
    Person.objects.filter(pk=coded.pk).update(country="DE")  # as some was kept before
    abroad = a_person(country="Austria")

    assert found("person", "country", "is", asked) == {named, coded}
    assert found("person", "country", "in", [asked]) == {named, coded}
    assert found("person", "country", "is_not", asked) == {abroad}
    assert found("person", "company_country", "is", asked) == {named}
    assert found("company", "country", "is", asked) == {company}
