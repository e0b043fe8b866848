"""What a role does not see is nowhere: all addresses are read with values that nobody mistakes."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import pytest
from django.db.models import DateField
from django.test import Client

from baton.core.access.actions import create_api_key, create_user
from baton.core.access.models import User
from baton.core.fields.actions import NotAccepted, edit_field, limit_field
from baton.core.fields.tests.factories import a_field
from baton.core.limits import BuiltIn, built_ins
from baton.core.ui.formats import money
from baton.marketing.capture.tests.factories import AT
from baton.operations.exchange.queries import taken
from baton.records.people.actions import edit_company, edit_person
from baton.records.people.models import (
    Company,
    CompanyDomain,
    CompanyTag,
    EmailAddress,
    Person,
    PersonTag,
    Phone,
    PostalAddress,
    Tag,
)
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE
from baton.sales.deals.actions import edit_deal
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import EDIT_DEALS
from tests.flows.acts import Desk
from tests.flows.catalogue import Catalogue
from tests.flows.doors import Door, routes, screens, tried
from tests.flows.foreign import fill_house
from tests.flows.house import House

pytestmark = pytest.mark.django_db
SECRET, NUMBER, DAY = "quokka", 8675309, date(2039, 8, 17)  # in every hidden field
ANSWERS = ("jonas.weil@corvid", "helga@lund", "head of energy", "head of plants")  # to forms
SUMS = {NUMBER * count * share // 100 for count in range(1, 9) for share in range(10, 101, 10)}
WORDS = (
    SECRET, f"{DAY}", f"{DAY.day} aug", *ANSWERS, *map(str, SUMS), *(f"{one:,}" for one in SUMS),
    *(money(Decimal(one), "EUR", short=True).lower() for one in SUMS),
)  # fmt: skip
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
    gone = create_user(name=SECRET, email="gone@x.example", role=ROLE)  # whom no choice offers
    User.objects.filter(pk=gone.pk).update(team=story.house.teo.team, is_active=False)
    tag = Tag.objects.create(name=SECRET, normalised=SECRET)
    PersonTag.objects.bulk_create(PersonTag(person=one, tag=tag) for one in Person.objects.all())
    CompanyTag.objects.bulk_create(
        CompanyTag(company=one, tag=tag) for one in Company.objects.all()
    )
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
        for name in (one.name, *one.also):
            if one.object_type == kind.masked_as and name in columns and name != "currency":
                values[name] = _told_of(columns[name])
    kind.objects.update(**values)


def _told_of(column: Any) -> Any:
    if column.is_relation:
        return User.objects.get(name=SECRET)
    if isinstance(column, DateField):
        return DAY
    return SECRET[: column.max_length] if column.max_length else NUMBER


def _users(house: House) -> tuple[User, User]:
    """Who is kept from them, and who is not: fresh, for a user keeps what was read once."""
    return User.objects.get(pk=house.teo.pk), User.objects.get(pk=house.ada.pk)


def _paths(door: Door, known: Catalogue) -> Iterator[str]:
    if not door.places():
        return iter(["/" + door.address])
    return (door.filled(values) for values in islice(door.combinations(known), EACH))


def _tells(content: bytes) -> list[str]:
    text = content.decode(errors="replace").lower()
    return [word for word in WORDS if word in text]


def _telling(client: Client, doors: list[Door], known: Catalogue) -> list[str]:
    told = []
    for door in doors:
        for path in _paths(door, known):
            answer = tried(client, lambda one, at: one.get(at), path)
            is_read = answer.status_code == 200 and not answer.streaming
            if is_read and (words := _tells(answer.content)):
                told.append(f"{path}: {words}")
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
    row = kind.objects.visible_to(limited.teo).latest("pk")  # not pinned
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
    mail = EmailAddress.objects.filter(person__in=Person.objects.visible_to(limited.teo)).first()
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
    for name, kind, permission in (
        ("people", Person, EDIT_PEOPLE),
        ("people/companies", Company, EDIT_COMPANIES),
        ("deals", Deal, EDIT_DEALS),
    ):
        row = kind.objects.visible_to(limited.teo, permission).first()
        assert row
        body = json.dumps({"version": row.version})
        path = f"/api/v1/{name}/{row.key}/"
        answer = client.patch(path, body, "application/json")
        assert answer.status_code == 200, answer.content
        assert not _tells(answer.content), path


def test_no_answer_to_a_write_tells_what_is_hidden(limited):
    """Each route that writes and takes an empty body, or a version; whatever it answers."""
    teo, known = _with_key(limited.teo), Catalogue()
    taken, told = set(), []
    for route in (one for one in routes() if one.method in {"post", "patch", "put"}):
        for path in _paths(route.door, known):
            for body in ({}, {"version": 1}):
                answer = getattr(teo, route.method)(path, json.dumps(body), "application/json")
                taken |= {route.door.address} if answer.status_code in {200, 201} else set()
                told += [path] if _tells(answer.content) else []

    assert told == []
    assert len(taken) > 5, taken


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
    row = kind.objects.filter(**({"lines": None} if kind is Deal else {})).earliest("pk")
    column = next((one for one in kind._meta.concrete_fields if one.name == field.name), None)
    value: Any = {
        "emails": ["new@new.example"],
        "phones": ["+49 421 5550101"],
        "domains": ["new.example"],
        "addresses": [{"kind": "work", "city": "Bonn"}],
        "tags": ["New"],
    }.get(field.name)
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
