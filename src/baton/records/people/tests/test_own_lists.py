"""Own fields in lists: as columns, as groups, and as an order where an index serves it."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.fields.actions import edit_field, tend_index
from baton.core.fields.expressions import order_of
from baton.core.fields.models import FieldDefinition
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import a_field
from baton.core.ui import pages
from baton.core.ui.cursors import Key, OwnOrdering
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person

PEOPLE = reverse("people:list")
TIERS = [Option("gold", "Gold"), Option("tin", "Tin")]


@pytest.mark.django_db
def test_own_field_is_a_column_where_it_was_chosen(rep, signed_in):
    a_field("Tier", kind="choice", options=TIERS)
    person = a_person(owner=rep, custom={"tier": "gold"})
    browser = signed_in(rep)

    usual = browser.get(PEOPLE).content.decode()
    chosen = browser.get(PEOPLE, {"cols": "name,custom.tier"}).content.decode()
    panel = browser.get(reverse("saved:columns"), {"list": "people", "state": ""})

    edit = reverse("people:edit-person", args=[person.key, "custom-tier"])
    assert "Gold" not in usual
    assert (">Gold" in chosen, edit in chosen) == (True, True)
    assert "Tier" in panel.content.decode()


@pytest.mark.django_db
def test_cell_of_an_own_field_is_edited_in_the_list(rep, signed_in):
    a_field("Tier", kind="choice", options=TIERS)
    person = a_person(owner=rep)
    url = reverse("people:edit-person", args=[person.key, "custom-tier"])

    cell = signed_in(rep).post(
        f"{url}?cell=1", {"value": "tin", "was": ""}, headers={"HX-Request": "true"}
    )

    assert "Tin" in cell.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("choice", ["gold", "tin", None], ["Gold", "Tin", "No Own"]),
        ("boolean", [True, False, None], ["Yes", "No", "No Own"]),
    ],
)
def test_list_stands_in_groups_of_an_own_field(rep, signed_in, kind, values, words):
    a_field("Own", kind=kind, options=TIERS if kind == "choice" else [])
    for value in values:
        a_person(owner=rep, custom={} if value is None else {"own": value})

    page = signed_in(rep).get(PEOPLE, {"group": "custom.own"})

    rows = page.context["list"].rows
    assert [group.words for row in rows for group in row.groups] == words
    assert [group.count for row in rows for group in row.groups] == [1, 1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["choice", "user"])
def test_list_costs_the_same_however_many_own_fields(rep, signed_in, kind):
    def cost(columns):
        with CaptureQueriesContext(connection) as asked:
            browser.get(PEOPLE, {"cols": f"name,{columns}"})
        return len(asked)

    values = {f"f{n}": str(rep.key) if kind == "user" else "gold" for n in range(5)}
    for _number in range(3):
        a_person(owner=rep, custom=values)
    options = TIERS if kind == "choice" else []
    browser = signed_in(rep)
    a_field("F0", kind=kind, options=options)
    cost("custom.f0")
    before = cost("custom.f0")
    for number in range(1, 5):
        a_field(f"F{number}", kind=kind, options=options)

    assert cost("custom.f0,custom.f1,custom.f2,custom.f3,custom.f4") == before


@pytest.mark.django_db
@pytest.mark.parametrize("falls", [False, True])
def test_order_walks_over_values_then_over_those_without(falls):
    values = ["3", None, "1", "20", None, "3", "x"]
    people = [a_person(custom={"size": one} if one else {}) for one in values]
    rows = Person.objects.annotate(own=order_of("size", "number"))
    order = OwnOrdering(Person, "own", is_descending=falls)
    numbers = {3: 20.0, 0: 3.0, 5: 3.0, 2: 1.0}
    known = sorted(numbers, key=lambda at: (numbers[at], at), reverse=falls)
    wanted = [*known, *sorted([1, 4, 6], reverse=falls)]

    there = _walk(order, rows, None, is_backward=False)
    last = there[-1]
    back = _walk(order, rows, Key(last.own, last.pk, is_backward=True), is_backward=True)

    ids = [one.pk for one in people]
    assert [ids.index(row.pk) for row in there] == wanted
    assert [ids.index(row.pk) for row in back] == wanted[-2::-1]


def _walk(order, rows, key, *, is_backward):
    found = []
    while True:
        window = order.window(rows, key, size=2)
        page = window.rows[::-1] if is_backward else window.rows
        found += page
        if not (window.earlier if is_backward else window.more):
            return found
        key = Key(page[-1].own, page[-1].pk, is_backward=is_backward)


@pytest.mark.django_db
def test_list_is_not_sorted_by_a_field_without_an_index(rep, signed_in):
    a_field("Size", kind="number")

    page = signed_in(rep).get(PEOPLE, {"cols": "name,custom.size", "sort": "custom.size"})

    head = page.context["list"].heads[-1]
    assert (head.column.name, head.url) == ("custom.size", "")


EXPLAIN = {"postgresql": "EXPLAIN", "sqlite": "EXPLAIN QUERY PLAN"}
SORTED = re.compile("TEMP B-TREE|Sort Key")
INDEXED = [
    ("number", "12", ["custom.own", ">", 5]),
    ("text", "Größe", ["custom.own", "is", "GRÖSSE"]),
    ("date", "2026-03-01", ["custom.own", "on", "2026-03-01"]),
    ("moment", "2026-03-01T10:00:00Z", ["custom.own", "after", "2026-02-01"]),
    ("choice", "gold", ["custom.own", "is", "gold"]),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "value", "part"), INDEXED)
def test_filter_and_order_use_the_index(company, admin, signed_in, monkeypatch, kind, value, part):
    monkeypatch.setattr(pages, "FEW", 0)  # few are read by their ids
    field = a_field("Own", kind=kind, options=TIERS if kind == "choice" else [])
    for number in range(3):
        a_person(full_name=f"P{number}", custom={"own": value} if number else {})
    edit_field(field=field, values={"is_indexed": True}, by=None, at=AT)
    tend_index(field_id=field.pk)
    tend_index(field_id=field.pk)  # safe to run twice
    name = FieldDefinition.objects.get().index_name
    browser = signed_in(admin)
    address = {"cols": "name,custom.own"}

    sorts = [_plans(browser, {**address, "sort": f"{sign}custom.own"}) for sign in ("", "-")]
    asked = _plans(browser, {**address, "filter": json.dumps([1, part])})
    edit_field(field=field, values={"is_indexed": False}, by=None, at=AT)
    tend_index(field_id=field.pk)

    assert name == f"own_field_{field.pk}"
    assert any(name in plan for plan in asked)
    for plans in sorts:
        assert any(name in plan and not SORTED.search(plan) for plan in plans)
    assert FieldDefinition.objects.get().index_name == ""


def _plans(browser, address):
    """How the database reads the rows of that page; small tables are read by indexes, too."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(PEOPLE, address).status_code == 200
    found = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Without it PostgreSQL takes rows that are not deleted for rare ones. What other tests
            # left of a table makes sorting three rows look cheaper than reading them in order.
            cursor.execute("ANALYZE people_person")
            cursor.execute("SET enable_seqscan = off")
            cursor.execute("SET enable_bitmapscan = off")
            cursor.execute("SET enable_sort = off")
        for one in asked:
            sql = one["sql"]
            if 'FROM "people_person"' in sql and "custom" in sql and "LIMIT" in sql:
                cursor.execute(f"{EXPLAIN[connection.vendor]} {sql}")
                found.append("\n".join(str(row) for row in cursor.fetchall()))
        if connection.vendor == "postgresql":
            cursor.execute("RESET ALL")
    return found
