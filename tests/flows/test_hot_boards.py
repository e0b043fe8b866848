"""A board of records reads the first cards of its columns from indexes, however many there are."""

import fnmatch
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.sqlite import reach
from baton.core.ui import found
from baton.records.people.actions import create_companies, create_people
from baton.records.people.models import Company, Person
from tests.flows.test_hot_queries import selects, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(lasting, django_db_blocker):
    create_companies(new=[{"name": f"Firm {n}", "at": AT} for n in range(30)])
    create_people(
        new=[
            {"full_name": f"{name} {n}", "origin": "marketing", "at": AT}
            for n in range(30)
            for name in ("Ann", "Bo")
        ]
    )


@pytest.mark.parametrize("by", ["stage", "owner", "persona", "source", "seniority", "grade"])
def test_board_of_people_counts_and_reads_its_columns_by_an_index(filled, signed_in, admin, by):
    Person.objects.filter(pk__in=Person.objects.values("pk")[:9]).update(
        stage="customer", owner=admin, persona="Cook", channel="event", seniority="vp", grade="A1"
    )
    counted, reads = steps_of_board(signed_in(admin), f"/people/?as=board&by={by}", "U0")

    assert fnmatch.filter(counted, "SCAN people_person USING COVERING INDEX person_*")
    column = {"source": "channel", "owner": "owner_id"}.get(by, by)
    assert {step.partition("(")[2] for step in reads} == {f"{column}=? AND deleted_at=?)"}


@pytest.mark.parametrize(("by", "column"), [("stage", "stage"), ("owner", "owner_id")])
def test_board_of_companies_does_so_too(filled, signed_in, admin, by, column):
    Company.objects.filter(pk__in=Company.objects.values("pk")[:9]).update(
        stage="customer", owner=admin
    )
    address = f"/people/companies/?as=board&by={by}"
    counted, reads = steps_of_board(signed_in(admin), address, "V0")

    assert counted == [f"SCAN people_company USING COVERING INDEX company_by_{by}"]
    assert {step.partition("(")[2] for step in reads} == {f"{column}=? AND deleted_at=?)"}


def steps_of_board(client, address, rows):
    """How the columns are counted, and how their first cards are found, neither by sorting."""
    with CaptureQueriesContext(connection) as sent:
        client.get(address)
    [counted] = [sql for sql in selects(sent) if "tally_rows" in sql]
    [cards] = [sql for sql in selects(sent) if "LIMIT 8" in sql]
    assert [step for step in steps_of(counted) if "TEMP B-TREE" in step] == []
    found = [step for step in steps_of(cards) if re.match(f"(SCAN|SEARCH) {rows}", step)]
    return steps_of(counted), found


def test_board_of_many_that_a_text_finds_is_drawn(filled, signed_in, admin, monkeypatch):
    monkeypatch.setattr(found, "FEW", 0)
    monkeypatch.setattr(reach, "MANY", -1)
    for asked in ("by=stage", "by=stage&sort=name"):
        board = signed_in(admin).get(f"/people/?as=board&{asked}&q=ann").context["list"].board.board
        assert sum(column.count for column in board.columns) == 30
        assert max(len(column.cards) for column in board.columns) == 8


def test_large_column_of_a_board_is_read_along_its_order_and_a_small_one_is_sorted(
    filled, signed_in, admin, monkeypatch
):
    monkeypatch.setattr(reach, "MANY", -1)
    Person.objects.filter(pk__in=Person.objects.values("pk")[:9]).update(stage="customer")
    with CaptureQueriesContext(connection) as sent:
        signed_in(admin).get("/people/?as=board&by=stage&sort=name")
    [cards] = [sql for sql in selects(sent) if "LIMIT 8" in sql]

    steps = steps_of(cards)

    assert fnmatch.filter(steps, "SCAN U0 USING INDEX person_by_name")
    assert fnmatch.filter(steps, "SEARCH U0 USING INDEX person_by_stage*")
