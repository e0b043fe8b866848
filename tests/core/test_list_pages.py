"""A page behind another one: the same rows whether its question is kept or not."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.http import QueryDict

from baton.core.sqlite.numbered import text_of
from baton.core.ui import pages
from baton.core.ui.cursors import Key, Ordering, Part
from baton.core.ui.found import Cut
from baton.core.ui.pages import opened, page_of
from baton.records.people.models import Person
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def deals_of(user):
    return Deal.objects.visible_to(user)


def walked(rows, order, *, key=None, known=None):
    """All ids from the key on, two rows a page."""
    found, is_backward = [], key is not None and key.is_backward
    while True:
        _total, window = page_of(rows, order, key, size=2, found=None, as_opened=known)
        page = window.rows[::-1] if is_backward else window.rows
        found += [row.pk for row in page]
        if not (window.earlier if is_backward else window.more):
            return found
        key = Key(getattr(page[-1], order.name), page[-1].pk, is_backward=is_backward)


@pytest.mark.django_db
@pytest.mark.parametrize("falls", [False, True])
@pytest.mark.parametrize("kept", [False, True])
def test_pages_bring_each_row_once_those_without_a_value_last(admin, falls, kept):
    days = [3, None, 1, 20, None, 3, 7]
    deals = [a_deal(close_on=date(2026, 4, day) if day else None) for day in days]
    order = Ordering(Deal, "close_on", is_descending=falls)
    known = opened(Deal, deals_of, admin, QueryDict("sort=close&after=x")) if kept else None
    dated = sorted(
        (deal for deal in deals if deal.close_on), key=lambda one: (one.close_on, one.pk)
    )
    wanted = [one.pk for one in (dated[::-1] if falls else dated)]
    wanted += sorted((one.pk for one in deals if not one.close_on), reverse=falls)

    there = walked(deals_of(admin), order, known=known)
    last = Deal.objects.get(pk=there[-1])
    back = Key(last.close_on, last.pk, is_backward=True)

    assert there == wanted
    assert walked(deals_of(admin), order, key=back, known=known) == wanted[-2::-1]


@pytest.mark.django_db
def test_kept_page_shows_a_user_what_they_see_themselves(rep, colleague, outsider):
    a_deal(owner=rep, close_on=date(2026, 4, 1))
    a_deal(owner=outsider, close_on=date(2026, 4, 2))
    order, key = Ordering(Deal, "close_on", is_descending=False), Key(date(2026, 3, 1), 0, False)

    seen = {}
    for user in (rep, outsider, colleague):
        known = opened(Deal, deals_of, user, QueryDict())
        _total, window = page_of(deals_of(user), order, key, size=25, found=None, as_opened=known)
        seen[user] = {deal.pk for deal in window.rows}

    assert seen == {user: set(deals_of(user).values_list("pk", flat=True)) for user in seen}
    assert seen[rep] != seen[outsider]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sorts what is small by hand")
@pytest.mark.parametrize("name", ["latest_touch_at", "score", "sort_key"])
def test_a_page_far_behind_begins_in_the_index(name):
    values = {"latest_touch_at": AT, "score": 7, "sort_key": "weil jonas"}
    behind = Part(None if name != "latest_touch_at" else False, value=values[name], id=7)
    order = Ordering(Person, name, is_descending=True)

    first = order.part(Person.objects.all(), behind)[:26].explain()

    assert re.search(rf"SEARCH people_person USING INDEX person_by_\w+ \({name}[<>]", first)


def test_words_of_a_cursor_keep_the_list_as_it_opens():
    assert opened(Deal, deals_of, None, QueryDict("before=x&sort=name")).rows is deals_of
    assert {"after", "before"} <= pages.NARROW_NOTHING
    assert opened(Deal, deals_of, None, QueryDict("after=x&stage=mql")) is None


@pytest.mark.django_db
def test_few_found_are_read_by_a_kept_question_as_they_stand_in_the_list(admin, rep):
    deals = [a_deal(close_on=date(2026, 4, day)) for day in (3, 1, 2)]
    a_deal(close_on=date(2026, 4, 1))
    rows = Deal.objects.filter(pk__in=[deal.pk for deal in deals])
    found = Cut(rows, 3, text_of(deal.pk for deal in deals))
    order = Ordering(Deal, "close_on", is_descending=False)
    known = opened(Deal, deals_of, admin, QueryDict("q=x"))

    total, window = page_of(rows, order, None, size=2, found=found, as_opened=known)
    behind = Key(window.last.close_on, window.last.pk, is_backward=False)
    _total, rest = page_of(rows, order, behind, size=2, found=found, as_opened=known)
    nothing = Cut(rows.none(), 0, text_of([]))
    empty = page_of(rows, order, None, size=2, found=nothing, as_opened=known)

    assert (total, [*window.rows, *rest.rows]) == (3, [deals[1], deals[2], deals[0]])
    assert (empty[0], empty[1].rows) == (0, [])


@pytest.mark.django_db
def test_found_by_whom_one_does_not_see_stays_out(outsider, rep):
    deal = a_deal(owner=rep, close_on=date(2026, 4, 1))
    found = Cut(Deal.objects.all(), 1, text_of([deal.pk]))
    order = Ordering(Deal, "close_on", is_descending=False)
    known = opened(Deal, deals_of, outsider, QueryDict("q=x"))

    _total, window = page_of(found.rows, order, None, size=2, found=found, as_opened=known)

    assert window.rows == []
