"""A list in groups, over the table of jobs: counts, heads, paging through all, closed groups."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from baton.core.jobs.models import Job
from baton.core.ui.grouping import by_name
from baton.core.ui.lists import Grouping, list_page
from baton.core.ui.tests.test_lists import JOBS

START = datetime(2026, 11, 26, 9, tzinfo=UTC)
ORDER = {"slow": "Slow", "mail": "Mail"}  # "other" has no words, "" is nothing
LISTING = replace(
    JOBS,
    groupings=(
        Grouping(
            name="queue",
            label="Queue",
            field="queue",
            named=lambda values: ORDER,
            empty="No queue",
        ),
        Grouping(
            name="started", label="Started", field="started_at", named=lambda values: {}, empty="–"
        ),
    ),
)
KEYS = ["slow", "mail", "other", "-"]


@pytest.fixture
def jobs(db):
    """Mail has most, slow one."""
    queues = ["slow", *["mail"] * 11, *["other"] * 3, *[""] * 6]
    Job.objects.bulk_create(
        Job(
            task=f"task {number % 5}",
            arguments={},
            queue=queue,
            priority=number,
            due_at=START,
            started_at=None if number % 3 else START + timedelta(hours=number % 4),
        )
        for number, queue in enumerate(queues)
    )


def page(query=""):
    request = RequestFactory().get(f"/jobs/?{query}")
    return list_page(request, LISTING, Job.objects.all())


def walk(query):
    """All pages forwards, then all back again."""
    shown = page(query)
    forwards = [shown]
    while shown.next_url:
        forwards.append(shown := page(shown.next_url.removeprefix("?")))
    backwards = [shown]
    while shown.previous_url:
        backwards.append(shown := page(shown.previous_url.removeprefix("?")))
    return forwards, backwards


def ids(shown):
    return [row.object.pk for row in shown.rows]


def heads(shown):
    """Each head with the number of rows that follow it."""
    found = []
    for row in shown.rows:
        found += [[group.key, 0] for group in row.groups]
        found[-1][1] += 1
    return [(key, count) for key, count in found] + [(group.key, 0) for group in shown.tail]


@pytest.mark.parametrize("sort", ["task", "-task", "started_at", "-started_at", "-priority"])
@pytest.mark.parametrize("closed", [[], ["mail"], ["slow", "other"], ["-"], ["-", "gone"]])
def test_pages_hold_each_row_of_the_open_groups_once_and_in_order(jobs, sort, closed):
    name, falls = sort.removeprefix("-"), sort.startswith("-")
    expected = []
    for key in KEYS:
        rows = Job.objects.filter(queue="" if key == "-" else key)
        full = [row for row in rows if getattr(row, name) is not None]
        blank = [row for row in rows if getattr(row, name) is None]
        full.sort(key=lambda row: (getattr(row, name), row.pk), reverse=falls)
        blank.sort(key=lambda row: row.pk, reverse=falls)
        expected += [] if key in closed else [row.pk for row in [*full, *blank]]

    forwards, backwards = walk(f"group=queue&sort={sort}" + "".join(f"&closed={k}" for k in closed))

    assert [row for shown in forwards for row in ids(shown)] == expected
    assert [ids(shown) for shown in backwards] == [ids(shown) for shown in forwards][::-1]
    assert {shown.total for shown in forwards} == {21}


def test_heads_stand_before_their_first_row_and_again_on_each_page(jobs):
    forwards, backwards = walk("group=queue&sort=task")

    assert [heads(shown) for shown in forwards] == [
        [("slow", 1), ("mail", 3)],
        [("mail", 4)],
        [("mail", 4)],
        [("other", 3), ("-", 1)],
        [("-", 4)],
        [("-", 1)],
    ]
    assert [heads(shown) for shown in backwards] == [heads(shown) for shown in forwards][::-1]


def test_closed_groups_show_their_heads_where_they_stand(jobs):
    forwards, _backwards = walk("group=queue&sort=task&closed=mail&closed=-")

    assert [heads(shown) for shown in forwards] == [
        [("slow", 1), ("mail", 0), ("other", 3), ("-", 0)]
    ]
    assert forwards[0].next_url == ""


def test_all_groups_may_be_closed(jobs):
    shown = page("group=queue&" + "&".join(f"closed={key}" for key in KEYS))

    assert (shown.rows, [group.key for group in shown.tail], shown.total) == ([], KEYS, 21)


def test_each_head_has_its_words_its_count_and_a_way_to_close_it(jobs):
    shown = page("group=queue&sort=task&q=task&closed=other&after=x")

    found = [group for row in shown.rows for group in row.groups]
    assert [(group.words, group.count) for group in found] == [("Slow", 1), ("Mail", 11)]
    turned = parse_qs(found[1].url.removeprefix("?"))
    assert (turned["closed"], turned["q"], "after" in turned) == (
        ["other", "mail"],
        ["task"],
        False,
    )


def test_a_closed_group_is_opened_again(jobs):
    shown = page("group=queue&closed=slow&closed=mail&closed=other&closed=-")

    assert parse_qs(shown.tail[1].url.removeprefix("?"))["closed"] == ["slow", "other", "-"]


def test_ways_to_group_are_links_and_an_unknown_one_groups_nothing(jobs):
    shown = page("group=gone&closed=a")

    assert [(label, is_so) for label, _url, is_so in shown.group_urls] == [
        ("No groups", True),
        ("Queue", False),
        ("Started", False),
    ]
    assert shown.group_urls[1][1] == "?group=queue"
    assert [row.groups for row in shown.rows] == [()] * 4


def test_list_costs_the_same_however_many_groups(jobs):
    def cost(query):
        with CaptureQueriesContext(connection) as queries:
            page(query)
        return len(queries)

    one = cost("group=queue&sort=task")
    Job.objects.bulk_create(
        Job(task="x", arguments={}, queue=f"queue {number}", priority=1, due_at=START)
        for number in range(40)
    )

    assert (one, cost("group=queue&sort=task"), cost("group=queue&sort=task&closed=mail")) == (
        3,
        3,
        3,
    )


def test_group_that_is_gone_leads_to_the_first_page(jobs):
    second = page(page("group=queue&sort=task").next_url.removeprefix("?"))
    token = page("group=queue&sort=task").next_url.removeprefix("?")
    Job.objects.filter(queue="mail").delete()

    again = page(token)

    assert heads(second) == [("mail", 4)]
    assert heads(again) == [("slow", 1), ("other", 3)]


def test_texts_stand_in_the_order_of_the_alphabet():
    assert list(by_name(["b", "A", "c"])) == ["A", "b", "c"]
    assert list(by_name({"x": "Zug", "y": "auto"}).values()) == ["auto", "Zug"]
