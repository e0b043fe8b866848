"""What a role does not see is nowhere: all addresses are read with values that nobody mistakes."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.test import Client

from baton.core.access.actions import create_api_key
from baton.core.access.models import User
from baton.core.fields.actions import NotAccepted, edit_field, limit_field
from baton.core.fields.tests.factories import a_field
from baton.core.limits import BuiltIn, built_ins
from baton.marketing.capture.tests.factories import AT
from baton.operations.exchange.queries import taken
from baton.records.people.actions import edit_company, edit_person
from baton.records.people.models import (
    Company,
    CompanyDomain,
    EmailAddress,
    Person,
    Phone,
    PostalAddress,
)
from baton.sales.deals.actions import edit_deal
from baton.sales.deals.models import Deal
from tests.flows.acts import Desk
from tests.flows.catalogue import Catalogue
from tests.flows.doors import Door, routes, screens, tried
from tests.flows.foreign import fill_house
from tests.flows.house import House

pytestmark = pytest.mark.django_db
SECRET, NUMBER = "canary", 8675309  # in every hidden field
ANSWERS = ("jonas.weil@corvid", "helga@lund", "head of energy", "head of plants")  # to forms
EACH = 2  # records that are tried at an address
ROLE = "rep"
HIDEABLE = [one for one in built_ins if one.may_hide]
LISTS = {"people": "", "companies": "", "deals": "whose=all&view=won"}
EDITS: dict[str, Any] = {
    "person": (Person, edit_person), "company": (Company, edit_company), "deal": (Deal, edit_deal)
}  # fmt: skip


@pytest.fixture(scope="module")
def limited(story) -> House:
    """A house in which reps see no field that can be hidden, and all of them are full."""
    fill_house(story.house, story.clock, story.settle)
    by = story.house.ada
    for object_type, (kind, _edit) in EDITS.items():
        own = a_field(object_type=object_type, label="Secret", code="secret", kind="text")
        edit_field(field=own, values={"hidden_for": [ROLE]}, by=by, at=AT)
        _fill(kind)
    for one in HIDEABLE:
        values = {"hidden_for": [ROLE]}
        limit_field(object_type=one.object_type, name=one.name, values=values, by=by, at=AT)
    for mail in EmailAddress.objects.all():
        EmailAddress.objects.filter(pk=mail.pk).update(
            address=f"{SECRET}{mail.pk}@x.example", normalised=f"{SECRET}{mail.pk}@x.example"
        )
    for domain in CompanyDomain.objects.all():
        CompanyDomain.objects.filter(pk=domain.pk).update(domain=f"{SECRET}{domain.pk}.example")
    for person in Person.objects.all():
        Phone.objects.create(person=person, number=f"{SECRET} {person.pk}")
        PostalAddress.objects.create(person=person, kind="work", street=SECRET, city=SECRET)
    found: House = story.house
    return found


def _fill(kind: Any) -> None:
    columns = {field.name: field for field in kind._meta.concrete_fields}
    values: dict[str, Any] = {"custom": {"secret": SECRET}}
    for one in HIDEABLE:
        if one.object_type == kind.masked_as and one.name in columns:
            longest = columns[one.name].max_length
            values[one.name] = SECRET[:longest] if longest else NUMBER
    kind.objects.update(**values)


def _users(house: House) -> tuple[User, User]:
    """Who is kept from them, and who is not: fresh, for a user keeps what was read once."""
    return User.objects.get(pk=house.teo.pk), User.objects.get(pk=house.ada.pk)


def _paths(door: Door, known: Catalogue) -> Iterator[str]:
    if not door.places():
        return iter(["/" + door.address])
    return (door.filled(values) for values in islice(door.combinations(known), EACH))


def _tells(content: bytes) -> bool:
    text = content.decode(errors="replace").lower()
    words = (SECRET, str(NUMBER), f"{NUMBER:,}", *ANSWERS)
    return any(word in text for word in words)


def _telling(client: Client, doors: list[Door], known: Catalogue) -> list[str]:
    told = []
    for door in doors:
        for path in _paths(door, known):
            answer = tried(client, lambda one, at: one.get(at), path)
            is_read = answer.status_code == 200 and not answer.streaming
            if is_read and _tells(answer.content):
                told.append(path)
    return told


def test_no_screen_tells_what_is_hidden(limited):
    known = Catalogue()

    assert _telling(Desk(limited.teo).client, screens(), known) == []
    records = [door for door in screens() if door.address == "people/<uuid:key>/"]
    assert _telling(Desk(limited.ada).client, records, known) != []


FINDS: tuple[tuple[str, dict[str, str], type[Person | Company]], ...] = (
    ("/palette/", {}, Person),
    ("/palette/", {}, Company),
    ("/people/", {"view": "all"}, Person),
    ("/people/companies/", {}, Company),
    ("/deals/new/", {}, Person),
    ("/deals/new/", {}, Company),
    ("/api/v1/people/", {}, Person),
    ("/api/v1/people/companies/", {}, Company),
)


@pytest.mark.parametrize(("path", "also", "kind"), FINDS)
def test_nobody_is_found_by_what_is_hidden(limited, path, also, kind):
    row = kind.objects.filter(owner=limited.teo, deleted_at=None).latest("pk")  # not pinned
    hidden = row.emails if kind is Person else row.domains
    word = str(hidden.values_list("normalised" if kind is Person else "domain", flat=True)[0])
    teo, ada = (
        (_with_key(user) if "api" in path else Desk(user).client)
        for user in (limited.teo, limited.ada)
    )

    def finds(client: Client, text: str) -> bool:
        answer = client.get(path, {"q": text, **also})
        assert answer.status_code == 200
        return str(row.key) in answer.content.decode()

    assert not finds(teo, word)
    assert finds(ada, word)
    assert finds(teo, str(row))
    assert not finds(teo, f"{row} {word}")


def test_api_finds_no_person_by_an_address_that_is_hidden(limited):
    mail = EmailAddress.objects.filter(person__owner=limited.teo).first()
    assert mail
    asked = {"email": mail.normalised}

    assert _with_key(limited.teo).get("/api/v1/people/", asked).status_code == 422
    assert len(_with_key(limited.ada).get("/api/v1/people/", asked).json()["items"]) == 1


def _with_key(user: User) -> Client:
    _row, secret = create_api_key(user=user, name="tests")
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_no_route_of_the_api_tells_what_is_hidden(limited):
    known = Catalogue()
    doors = [route.door for route in routes() if route.method == "get"]

    assert _telling(_with_key(limited.teo), doors, known) == []
    assert _telling(_with_key(limited.ada), doors, known) != []


def test_what_was_written_by_the_api_tells_nothing_hidden(limited):
    client = _with_key(limited.teo)
    for name, kind in (("people", Person), ("people/companies", Company), ("deals", Deal)):
        row = kind.objects.filter(owner=limited.teo, deleted_at=None).first()
        assert row
        body = json.dumps({"version": row.version})
        path = f"/api/v1/{name}/{row.key}/"
        answer = client.patch(path, body, "application/json")
        assert answer.status_code == 200, answer.content
        assert not _tells(answer.content), path


@pytest.mark.parametrize("listing", LISTS)
def test_files_lists_and_filters_know_no_hidden_field(limited, listing):
    teo, ada = _users(limited)

    def file_of(user: User) -> bytes:
        of = taken(listing, LISTS[listing], user=user, has_all_columns=True)
        assert of is not None
        lines = [of.heads(), *(line for lines in of.batches() for line in lines)]
        return json.dumps(lines, default=str).encode()

    assert not _tells(file_of(teo))
    assert _tells(file_of(ada))


@pytest.mark.parametrize("field", HIDEABLE, ids=lambda one: one.key)
def test_nobody_writes_what_they_do_not_see(limited, field: BuiltIn):
    """By the actions, behind all screens, imports of a role aside, and the API."""
    teo, ada = _users(limited)
    kind, edit = EDITS[field.object_type]
    row = kind.objects.order_by("pk").first()
    column = next((one for one in kind._meta.concrete_fields if one.name == field.name), None)
    value: Any = ["new@new.example"] if field.name == "emails" else ["+49 421 5550101"]
    if field.name in {"domains", "addresses"}:
        value = ["new.example"] if field.name == "domains" else [{"kind": "work", "city": "Bonn"}]
    if column is not None:
        value = None if column.null else ""

    with pytest.raises(NotAccepted, match="You do not see this field, so you cannot write it"):
        _write(edit, field.object_type, row, {field.name: value}, teo)
    _write(edit, field.object_type, row, {field.name: value}, ada)


def _write(edit: Any, object_type: str, row: Any, values: dict[str, Any], by: User) -> None:
    edit(**{object_type: row}, values=values, version=None, by=by, at=AT)


@pytest.mark.parametrize("object_type", EDITS)
def test_own_field_that_is_hidden_is_not_written(limited, object_type):
    teo, ada = _users(limited)
    kind, edit = EDITS[object_type]
    row = kind.objects.order_by("pk").first()

    with pytest.raises(NotAccepted, match="You do not see this field"):
        _write(edit, object_type, row, {"custom": {"secret": "other"}}, teo)
    _write(edit, object_type, row, {"custom": {"secret": "other"}}, ada)
