"""The list engine, over the table of jobs: a text, a number with ties, a time that may be empty."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from baton.core.jobs.models import Job
from baton.core.ui import found
from baton.core.ui.asked import turned, turned_to
from baton.core.ui.lists import Column, Empty, Listing, list_page

START = datetime(2026, 11, 26, 9, tzinfo=UTC)
JOBS = Listing(
    name="jobs",
    columns=(
        Column(name="task", label="Task", sort="task"),
        Column(name="priority", label="Priority", kind="number", sort="priority"),
        Column(name="started_at", label="Started", kind="when", sort="started_at"),
        Column(name="queue", label="Queue"),
    ),
    order="task",
    empty=Empty(text="No job waits."),
    search=lambda jobs, text: jobs.filter(task__contains=text),
    url=lambda job: f"/jobs/{job.pk}/",
    size=4,
)


@pytest.fixture
def jobs(db):
    Job.objects.bulk_create(
        Job(
            task=f"task {number:02d}",
            arguments={},
            queue="default",
            priority=number % 3,
            due_at=START,
            started_at=None
            if number % 4 == 0
            else START + timedelta(hours=number % 5, microseconds=7),  # as a real clock has them
        )
        for number in range(18)
    )


def page(query=""):
    request = RequestFactory().get(f"/jobs/?{query}")
    return list_page(request, JOBS, Job.objects.all())


def walk(query):
    """All pages forwards, then all back again."""
    shown = page(query)
    forwards = [shown]
    while shown.next_url:
        forwards.append(shown := page(shown.next_url.removeprefix("?")))
    backwards = [shown]
    while shown.previous_url:
        backwards.append(shown := page(shown.previous_url.removeprefix("?")))
    return [ids(each) for each in forwards], [ids(each) for each in backwards]


def ids(shown):
    return [row.object.pk for row in shown.rows]


@pytest.mark.parametrize("name", ["task", "priority", "started_at"])
def test_pages_hold_each_row_once_in_ascending_order(jobs, name):
    def key(row):
        value = getattr(row, name)
        return (value is None, value or START, row.pk) if name == "started_at" else (value, row.pk)

    expected = [row.pk for row in sorted(Job.objects.all(), key=key)]

    forwards, backwards = walk(f"sort={name}")

    assert [row for shown in forwards for row in shown] == expected
    assert backwards == forwards[::-1]


@pytest.mark.parametrize("name", ["task", "priority", "started_at"])
def test_pages_hold_each_row_once_in_descending_order_with_empty_values_last(jobs, name):
    full = [row for row in Job.objects.all() if getattr(row, name) is not None]
    blank = [row for row in Job.objects.all() if getattr(row, name) is None]
    full.sort(key=lambda row: (getattr(row, name), row.pk), reverse=True)
    blank.sort(key=lambda row: row.pk, reverse=True)

    forwards, backwards = walk(f"sort=-{name}")

    assert [row for shown in forwards for row in shown] == [row.pk for row in [*full, *blank]]
    assert backwards == forwards[::-1]


def test_row_that_arrives_meanwhile_shifts_nothing(jobs):
    first = page("sort=task")
    Job.objects.create(task="task 000", arguments={}, queue="default", priority=1, due_at=START)

    second = page(first.next_url.removeprefix("?"))

    assert [row.object.task for row in second.rows] == [f"task {n:02d}" for n in range(4, 8)]


def test_filter_and_other_words_of_the_address_stay_in_every_link(jobs):
    shown = page("q=task+0&view=mine&sort=-task")

    kept = parse_qs(shown.next_url.removeprefix("?"))
    heads = [parse_qs(head.url.removeprefix("?")) for head in shown.heads if head.url]

    assert (kept["q"], kept["view"], kept["sort"]) == (["task 0"], ["mine"], ["-task"])
    assert [head["view"] for head in heads] == [["mine"]] * 3
    assert shown.kept == [("view", "mine"), ("sort", "-task")]
    assert shown.total == 10


@pytest.mark.parametrize(
    "address", ["", "sort=name&q=a%20b&q=%C3%A4&after=x", "n=1&sort=-a&n=&more=a:1&cols=a%2Cb"]
)
def test_address_is_written_as_django_writes_it(address):
    """``turned`` makes none of its copies."""
    asked = QueryDict(address)
    wanted = asked.copy()
    for name in ("after", "before", "more", "column", "was", "cols"):
        wanted.pop(name, None)
    wanted["sort"] = "<é&=+ >"

    assert turned(asked, without=["cols"], sort="<é&=+ >") == f"?{wanted.urlencode()}"
    wanted.setlist("n", ["2", "1 0"])
    assert turned_to(QueryDict(wanted.urlencode()), "n", ["2", "1 0"]) == f"?{wanted.urlencode()}"
    assert asked == QueryDict(address)


def test_heads_say_what_is_sorted_and_what_cannot_be(jobs):
    shown = page("sort=-priority")

    assert [(head.column.name, head.direction) for head in shown.heads] == [
        ("task", ""),
        ("priority", "descending"),
        ("started_at", ""),
        ("queue", ""),
    ]
    assert shown.heads[3].url == ""
    assert parse_qs(shown.heads[1].url.removeprefix("?"))["sort"] == ["priority"]


def test_figures_are_sorted_by_the_most_first(jobs):
    first = [parse_qs(head.url.removeprefix("?"))["sort"] for head in page("").heads if head.url]

    assert first == [["-task"], ["-priority"], ["started_at"]]


@pytest.mark.parametrize(
    "query",
    [
        "after=nonsense",
        "after=",
        "after=WzEsMiwzXQ==",
        "before=e30=",
        "sort=queue",
        "sort=owner__password",
        "sort=--task",
        "after=%F0%9F%92%A9",
    ],
)
def test_nonsense_in_the_address_shows_the_first_page(jobs, query):
    assert ids(page(query)) == ids(page())


def test_forged_cursor_shows_the_first_page(jobs):
    token = parse_qs(page().next_url.removeprefix("?"))["after"][0]
    forged = token[:3] + ("A" if token[3] != "A" else "B") + token[4:]

    assert ids(page(f"after={forged}")) == ids(page())


@pytest.mark.parametrize(("asked", "text"), [("%00task", "task"), ("x" * 500, "x" * 200)])
def test_filter_text_is_made_fit_for_the_database(db, asked, text):
    assert page(f"q={asked}").text == text


def test_cursor_of_another_sort_shows_the_first_page(jobs):
    token = parse_qs(page("sort=task").next_url.removeprefix("?"))["after"][0]

    shown = page(f"sort=priority&after={token}")

    assert ids(shown) == ids(page("sort=priority"))


def test_list_costs_two_queries_wherever_it_stands(jobs, django_assert_num_queries):
    deep = page(page().next_url.removeprefix("?")).next_url.removeprefix("?")

    with django_assert_num_queries(2):
        shown = page(deep)

    assert shown.rows
    assert not set(ids(shown)) & set(ids(page()))


def test_count_above_the_limit_is_said_so(jobs, monkeypatch):
    monkeypatch.setattr(found, "COUNTED", 10)

    assert page().total_words == "over 10"


def test_empty_list_has_no_links_and_a_word(db):
    shown = page("q=nothing")

    assert (shown.rows, shown.next_url, shown.previous_url, shown.total_words) == ([], "", "", "0")
