"""A filter and a text narrow a list alike, whether its questions are kept or not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from baton.core.fields.asked import own_fields_of
from baton.core.fields.tests.factories import a_field
from baton.core.filters.nodes import Condition, Op, looks_of
from baton.core.prepared import Prepared
from baton.core.sqlite.numbered import gathered, text_of
from baton.core.ui import found
from baton.core.ui.lists import list_page
from baton.core.ui.pages import opened
from baton.records.people.actions import show
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person
from baton.records.people.views.listed_people import PEOPLE, people_asked, people_opened
from tests.core.asked import asking

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ASKED: list[list[Any]] = [
    [],
    [["score", ">", 20]],
    [["stage", "in", ["mql", "sql"]], {"not": ["company", "contains", "fenn"]}],
    [{"any": [["lead_at", "in_last_days", 3], ["job_title", "is_empty"]]}],
    [["score", ">", 1000]],
]


@pytest.fixture
def crowd(rep, colleague, outsider):
    """Of three owners; some at a company, of some stages."""
    firm = a_company(name="Fennmark")
    for number, owner in enumerate([rep, colleague, outsider, None] * 3):
        person = a_person(
            full_name=f"{'Ann' if number % 2 else 'Ben'} Lund{number}",
            owner=owner,
            company=firm if number % 3 else None,
        )
        stage = ("lead", "mql", "sql")[number % 3]
        show(person_id=person.pk, stage=stage, score=number * 5, lead_at=AT - timedelta(number))


def shown(rf, user, asked, *, kept):
    """How many the list tells, and whom its first page shows."""
    request = rf.get("/people/", asked)
    request.user = user
    known = opened(Person, people_opened, user, request.GET) if kept else None
    page = list_page(
        request, replace(PEOPLE.whole(), as_opened=known, size=5), people_asked(user, request.GET)
    )
    return page.total, [row.object.pk for row in page.rows], bool(page.next_url)


@pytest.mark.parametrize("few", [2_000, 0])
@pytest.mark.parametrize("text", ["", "an", "fenn lund", "nobody", "!"])
def test_everybody_finds_what_they_see_by_kept_questions(
    crowd, rf, admin, rep, outsider, monkeypatch, few, text
):
    monkeypatch.setattr(found, "FEW", few)
    sizes = set()
    for conditions in ASKED:
        narrowing = {"q": text, "filter": asking(*conditions) if conditions else ""}
        for sort in ("name", "-score"):
            for user in (admin, rep, outsider):
                asked = {"sort": sort, **narrowing}
                plain = shown(rf, user, asked, kept=False)
                assert shown(rf, user, asked, kept=True) == plain
                assert shown(rf, user, asked, kept=True) == plain
                sizes.add(plain[0])

    assert len(sizes) > 3 or (text in {"nobody", "!"} and sizes == {0})


def test_a_window_of_days_moves_on_with_the_day(crowd, rf, admin):
    asked = {"filter": asking(["lead_at", "in_last_days", 3])}

    told = []
    for days in (0, 1, 2, 20):
        with time_machine.travel(AT + timedelta(days), tick=False):
            told.append(shown(rf, admin, asked, kept=True)[0])

    assert told == [4, 3, 2, 0]


def test_own_fields_of_one_name_are_asked_by_what_they_are(company):
    def asked():
        [own] = own_fields_of("person")
        return looks_of(Condition(own, Op.ON, (date(2026, 3, 1),)))

    made = a_field("Visited", object_type="person", kind="date")
    before = asked()

    assert asked() == before
    type(made).objects.update(kind="moment")
    assert asked() != before


def test_conditions_that_differ_ask_differently(rf, admin, crowd):
    listed = {
        shown(rf, admin, {"filter": asking(["score", op, value])}, kept=True)[0]
        for op, value in ((">", 10), ("<", 10), (">", 20), ("=", 20))
    }

    assert len(listed) == 4


def test_kept_question_gathers_what_the_rows_come_to(crowd):
    rows = Person.objects.order_by("pk").values("pk")
    kept = Prepared(lambda least, ids: rows.filter(pk__gte=least, pk__in=ids)[:4])
    ids = [row["pk"] for row in rows]

    assert kept.gathered(least=ids[2], ids=ids) == gathered(rows.filter(pk__gte=ids[2])[:4])
    assert kept.gathered(least=ids[2], ids=ids * 100) == kept.gathered(least=ids[2], ids=ids)
    assert kept.gathered(least=ids[-1] + 1, ids=ids) == (0, text_of([]))
    assert kept.gathered(least=ids[0], ids=[]) == (0, text_of([]))


def test_of_too_many_questions_the_oldest_goes(monkeypatch):
    monkeypatch.setattr("baton.core.prepared.MOST", 2)
    connection.__dict__.pop("baton_prepared", None)
    kept = Prepared(lambda ids: Person.objects.filter(pk__in=ids))
    for length in (1, 2, 4):
        kept.rows(ids=list(range(length)))

    left = [shape[2][1] for shape in connection.__dict__["baton_prepared"]]

    assert left == [2, 4]


@pytest.mark.parametrize("text", ["", "lund"])
def test_what_looks_like_a_mark_is_asked_as_it_was_typed(rf, admin, text):
    """Marks stand in for values; somebody may filter by just such a number or word."""
    for number in range(6):
        ann = a_person(full_name="Ann Lund", job_title=f"\N{REPLACEMENT CHARACTER}{number}")
        show(person_id=ann.pk, stage="lead", score=500)
    for number in range(6):
        for condition in (
            ["score", "<", 2_000_000_000 + number],
            ["job_title", "is", f"\N{REPLACEMENT CHARACTER}{number}"],
        ):
            asked = {"filter": asking(condition), "q": text}
            plain = shown(rf, admin, asked, kept=False)
            assert shown(rf, admin, asked, kept=True) == plain
            assert plain[0] in {1, 6}
