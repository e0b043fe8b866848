"""A list as a report, over the table of jobs: figures of groups, totals, ways to the rows."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import NullIf
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from baton.core.jobs.models import Job
from baton.core.ui.lists import Column, Grouping, list_page
from baton.core.ui.spans import by_spans, later, words_of
from baton.core.ui.tests.test_lists import JOBS

ORDER = {"slow": "Slow", "mail": "Mail"}
LISTING = replace(
    JOBS,
    columns=(
        *JOBS.columns,
        Column(name="weight", label="Weight", kind="number", adds="priority"),
        Column(name="tries", label="Tries", kind="money", adds="attempt", adds_money=True),
    ),
    groupings=(
        Grouping(
            name="queue", label="Queue", field="queue", named=lambda values: ORDER, empty="None"
        ),
        *by_spans(Job, "started_at", "Started"),
    ),
)
ROWS = [  # queue, priority, month
    ("slow", 1, 1),
    ("mail", 2, 1),
    ("mail", 4, 3),
    ("mail", 9, None),
    ("", 5, 3),
]


@pytest.fixture
def jobs(db):
    Job.objects.bulk_create(
        Job(
            task=f"task {priority}",
            arguments={},
            queue=queue,
            priority=priority,
            due_at=datetime(2026, 1, 1, tzinfo=UTC),
            started_at=datetime(2026, month, 15, tzinfo=UTC) if month else None,
        )
        for queue, priority, month in ROWS
    )


def page(query):
    request = RequestFactory().get(f"/jobs/?{query}")
    return list_page(request, LISTING, Job.objects.all())


def lines(query):
    return [
        (str(line.words), line.count, [words for words, _url in line.figures])
        for line in page(query).figures.lines
    ]


def test_each_group_has_its_count_and_figures_and_all_have_a_total(jobs):
    shown = page("group=queue&chart=count&sum=weight")

    assert lines("group=queue&chart=count&sum=weight") == [
        ("Slow", "1", ["1", "1", "1", "1"]),
        ("Mail", "3", ["15", "5", "2", "9"]),
        ("None", "1", ["5", "5", "5", "5"]),
    ]
    total = shown.figures.total
    assert [words for words, _url in total.figures] == ["21", "4.2", "1", "9"]
    assert (total.count, shown.total) == ("5", 5)


def test_each_line_leads_to_exactly_the_rows_that_it_counts(jobs):
    for query in ("group=queue", "group=started_at.month", "group=started_at.quarter&then=queue"):
        for line in page(f"{query}&chart=count&q=task").figures.lines:
            found = page(line.url.removeprefix("?"))

            assert (found.figures, str(found.total)) == (None, line.count)


def test_each_bar_leads_to_its_group(jobs):
    chart = page("group=queue&chart=weight.sum").figures.chart

    assert [(bar.name, str(bar.said)) for bar in chart.bars] == [
        ("Slow", "1"),
        ("Mail", "15"),
        ("None", "5"),
    ]
    assert parse_qs(chart.bars[1].href.removeprefix("?")) == {"among": ["queue:mail"]}
    assert chart.sentence == "Mail comes first: 15 of 21."


def test_months_are_a_line_in_which_empty_ones_count_nothing(jobs):
    figures = page("group=started_at.month&chart=count").figures

    assert [str(line.words) for line in figures.lines] == ["Jan 2026", "Mar 2026", "No date"]
    words = [shape.words for shape in figures.chart.desk.shapes if shape.kind == "text"]
    assert {"Jan 2026", "Feb 2026", "Mar 2026"} <= set(words)


def test_two_levels_add_up_to_their_group(jobs):
    assert lines("group=queue&then=started_at.month&chart=none&sum=weight") == [
        ("Slow", "1", ["1", "1", "1", "1"]),
        ("Jan 2026", "1", ["1", "1", "1", "1"]),
        ("Mail", "3", ["15", "5", "2", "9"]),
        ("Jan 2026", "1", ["2", "2", "2", "2"]),
        ("Mar 2026", "1", ["4", "4", "4", "4"]),
        ("No date", "1", ["9", "9", "9", "9"]),
        ("None", "1", ["5", "5", "5", "5"]),
        ("Mar 2026", "1", ["5", "5", "5", "5"]),
    ]


def test_money_is_written_in_the_companys_currency_and_says_so(jobs):
    figures = page("group=queue&chart=count&sum=tries").figures

    assert figures.lines[0].figures[0][0] == "€0"
    assert figures.notes == ["Money in EUR, the company's currency."]


def test_rows_without_a_figure_are_told_and_left_out(jobs):
    empty = Column(
        name="late", label="Late", kind="number", adds=lambda: NullIf("priority", Value(9))
    )
    listing = replace(LISTING, columns=(*JOBS.columns, empty))
    request = RequestFactory().get("/jobs/?group=queue&chart=late.sum")

    figures = list_page(request, listing, Job.objects.all()).figures

    assert figures
    assert list(figures.notes) == ["Late: 1 without a figure is left out."]
    assert [words for words, _url in figures.lines[1].figures] == ["6", "3", "2", "4"]


def test_only_the_quick_filters_rows_are_counted(jobs):
    assert lines("group=queue&chart=count&q=task+4") == [("Mail", "1", [])]


def test_figures_cost_the_same_however_many_rows_and_groups(jobs):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page("group=queue&then=started_at.month&chart=count&sum=weight&sum=tries")
        return len(queries)

    before = cost()
    Job.objects.bulk_create(
        Job(
            task="x",
            arguments={},
            queue=f"queue {number}",
            priority=1,
            due_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for number in range(300)
    )

    assert (before, cost()) == (3, 3)
    assert lines("group=queue&chart=count")[-1] == ("All others", "103", [])


@pytest.mark.parametrize(
    "wish",
    [
        "gone:x",
        "queue:nobody",
        "started_at.month:soon",
        "started_at.month:9999-12-01",
        "queue:a%00",
    ],
)
def test_group_that_there_cannot_be_has_no_rows(jobs, wish):
    assert page(f"among={wish}").total == 0


def test_what_the_list_is_narrowed_to_is_named_with_a_way_back(jobs):
    [(label, words, url)] = page("among=queue:mail&q=task").only

    assert (str(label), str(words), url) == ("Queue", "Mail", "?q=task")


def test_figures_need_groups(jobs):
    assert page("chart=count").figures is None
    assert page("group=gone&chart=count").figures is None


def test_address_of_the_figures_keeps_what_the_list_is_narrowed_to(jobs):
    shown = page("q=task&sort=task")

    assert parse_qs(shown.figures_url.removeprefix("?")) == {
        "q": ["task"],
        "group": ["queue"],
        "chart": ["count"],
    }
    assert page(shown.figures_url.removeprefix("?")).figures.rows_url == "?q=task&group=queue"


def test_spans_follow_each_other_over_the_end_of_a_year():
    first = datetime(2026, 12, 1, tzinfo=UTC).date()

    assert later(first, "month").isoformat() == "2027-01-01"
    assert later(first.replace(month=10), "quarter").isoformat() == "2027-01-01"
    assert (words_of(first, "month"), words_of(first.replace(month=10), "quarter")) == (
        "Dec 2026",
        "Q4 2026",
    )
