"""What a role does not see is nowhere: all routes are read with values that nobody mistakes."""

import json
from typing import Any

import pytest
from django.test import Client

from baton.core.access.actions import create_api_key
from baton.core.access.models import User
from baton.core.fields.actions import NotAccepted
from baton.core.filters.fields import askable
from baton.core.limits import BuiltIn, built_ins, limits_in, unasked
from baton.core.offers import filter_fields
from baton.marketing.capture.tests.factories import AT
from baton.operations.exchange.queries import taken
from baton.records.people.models import (
    Company,
    EmailAddress,
    Person,
)
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import EDIT_DEALS
from tests.flows.acts import Desk
from tests.flows.catalogue import Catalogue
from tests.flows.doors import Door, routes, tried
from tests.flows.house import House
from tests.flows.limited import EDITS, HIDEABLE, limited_house, tells

pytestmark = pytest.mark.django_db
EACH = 2  # records that are tried at an address
LISTS = {"people": "", "companies": "", "deals": "whose=all&view=won"}


@pytest.fixture(scope="module")
def limited(story) -> House:
    return limited_house(story)


def _users(house: House) -> tuple[User, User]:
    """Who is kept from them, and who is not: fresh, for a user keeps what was read once."""
    return User.objects.get(pk=house.teo.pk), User.objects.get(pk=house.ada.pk)


def _telling(client: Client, doors: list[Door], known: Catalogue) -> list[str]:
    told = []
    for door in doors:
        for path in door.paths(known, each=EACH):
            answer = tried(client, lambda one, at: one.get(at), path)
            is_read = answer.status_code == 200 and not answer.streaming
            if is_read and (words := tells(answer.content)):
                told.append(f"{path}: {words}")
    return told


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
        assert not tells(answer.content), path


def test_no_answer_to_a_write_tells_what_is_hidden(limited):
    """Each route that writes and takes an empty body, or a version; whatever it answers."""
    teo, known = _with_key(limited.teo), Catalogue()
    taken, told = set(), []
    for route in (one for one in routes() if one.method in {"post", "patch", "put"}):
        for path in route.door.paths(known, each=EACH):
            for body in ({}, {"version": 1}):
                answer = getattr(teo, route.method)(path, json.dumps(body), "application/json")
                taken |= {route.door.address} if answer.status_code in {200, 201} else set()
                told += [path] if tells(answer.content) else []

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

    assert not tells(file_of(teo))
    assert tells(file_of(ada))


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


RECORDS = ("person", "company", "deal")


def test_no_filter_asks_by_a_field_of_another_record_that_could_be_hidden():
    """A higher module's filter that reads a person's or a company's column says so, else whom it
    finds would tell what stands there."""
    told: list[str] = []
    for field in filter_fields:
        *ways, name = field.path.split("__") if isinstance(field.path, str) else [""]
        kind = ways[-1] if ways else ""
        known = built_ins.find(f"{kind}.{name}")
        if kind in RECORDS and known and known.may_hide:
            limits = limits_in({"rep": {kind: {"hidden": [name]}}}, role="rep", object_type=kind)
            told += {f"{field.object_type}.{field.name}"} - limits.hidden

    assert told == []


@pytest.mark.parametrize(
    ("kind", "name", "asked"),
    [
        ("company", "tags", "person.company_tags"),
        ("person", "emails", "person.bounced"),
        ("person", "phones", "person.phone_unread"),
    ],
)
def test_filter_that_reads_more_than_a_column_is_gone_with_what_is_hidden(kind, name, asked):
    plain = {"rep": {kind: {"hidden": [name]}}}
    without = unasked(lambda of: limits_in(plain, role="rep", object_type=of))

    assert asked in askable("person", may=lambda _name: True)
    assert asked not in askable("person", may=lambda _name: True, without=without)
