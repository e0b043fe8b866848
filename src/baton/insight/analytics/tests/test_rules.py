from datetime import date
from decimal import Decimal

import pytest

from baton.core.ui.spreadsheets import as_meant, harmless
from baton.insight.analytics.rules import (
    Choice,
    Period,
    Reason,
    Row,
    Unit,
    added_up,
    change,
    findings,
    period_before,
    quick_choices,
    unit_of,
)

D = date


@pytest.mark.parametrize(
    ("choice", "first", "latest"),
    [
        (Choice.THIS_MONTH, D(2026, 11, 1), D(2026, 11, 22)),
        (Choice.LAST_MONTH, D(2026, 10, 1), D(2026, 10, 31)),
        (Choice.THIS_QUARTER, D(2026, 10, 1), D(2026, 11, 22)),
        (Choice.LAST_QUARTER, D(2026, 7, 1), D(2026, 9, 30)),
        (Choice.THIS_YEAR, D(2026, 1, 1), D(2026, 11, 22)),
        (Choice.ALL, None, None),
    ],
)
def test_quick_choice_means_these_days(choice, first, latest):
    assert quick_choices(D(2026, 11, 22))[choice] == Period(first, latest)


@pytest.mark.parametrize(
    ("first", "latest", "unit"),
    [
        (D(2026, 1, 1), D(2026, 12, 31), Unit.YEAR),
        (D(2026, 4, 1), D(2026, 6, 30), Unit.QUARTER),
        (D(2024, 2, 1), D(2024, 2, 29), Unit.MONTH),
        (D(2026, 2, 1), D(2026, 4, 30), Unit.DAYS),
        (D(2026, 2, 1), None, Unit.DAYS),
    ],
)
def test_whole_calendar_units_are_known(first, latest, unit):
    assert unit_of(Period(first, latest)) is unit


@pytest.mark.parametrize(
    ("first", "latest", "before"),
    [
        (D(2026, 7, 1), D(2026, 9, 30), Period(D(2026, 4, 1), D(2026, 6, 30))),
        (D(2026, 3, 1), D(2026, 3, 31), Period(D(2026, 2, 1), D(2026, 2, 28))),
        (D(2026, 3, 1), D(2026, 3, 30), Period(D(2026, 2, 1), D(2026, 2, 28))),
        (D(2026, 10, 1), D(2026, 11, 22), Period(D(2026, 7, 1), D(2026, 8, 22))),
        (D(2026, 1, 1), D(2026, 11, 22), Period(D(2025, 1, 1), D(2025, 11, 22))),
        (D(2026, 3, 5), D(2026, 3, 9), Period(D(2026, 2, 28), D(2026, 3, 4))),
        (D(1970, 1, 1), D(1970, 1, 31), None),
        (None, D(2026, 3, 9), None),
    ],
)
def test_period_is_compared_with_the_same_part_before(first, latest, before):
    assert period_before(Period(first, latest)) == before


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [(120, Decimal(100), 0.2), (0, 100, -1), (5, 0, None), (None, 5, None), (5, None, None)],
)
def test_change_is_unknown_against_nothing(now, before, expected):
    assert change(now, before=before) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-2", "'-2"),
        ("@here", "'@here"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}+1", "'\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}+1"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}@x", "'\N{ZERO WIDTH NO-BREAK SPACE}@x"),
        ("\N{FULLWIDTH EQUALS SIGN}1", "'\N{FULLWIDTH EQUALS SIGN}1"),
        ("\N{FULLWIDTH HYPHEN-MINUS}1", "'\N{FULLWIDTH HYPHEN-MINUS}1"),
        (" x", " x"),
        (-2, -2),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_cell_is_no_formula(text, cell):
    assert harmless(text) == cell
    assert as_meant(str(cell)) == str(text)


def a_row(counts=(), *, went_on=(), **over):
    steps = ("lead", "mql", "sal", "sql", "opportunity", "customer")
    return Row(
        group="search",
        label="Search",
        people=dict(zip(steps, counts, strict=False)),
        went_on=dict(zip(steps, went_on, strict=False)),
        **over,
    )


def test_share_counts_only_those_who_were_in_the_step_before():
    row = a_row((20, 10, 10, 15), went_on=(10, 10, 5))

    assert row.conversion["sal>sql"] == 0.5
    assert row.conversion["opportunity>customer"] is None


def test_findings_name_the_weakest_and_the_slowest_step():
    row = a_row((100, 40, 30, 24, 4, 0), went_on=(40, 30, 24, 4, 0))
    row.median_days = {"lead>mql": 3.0, "mql>sal": 12.0, "lead>customer": 90.0}

    weakest, slowest = findings.weakest_step(row), findings.slowest_step(row)

    assert weakest == findings.Step("sql>opportunity", 4 / 24)
    assert slowest == findings.Step("mql>sal", 12)
    assert findings.weakest_step(a_row((4, 1), went_on=(1,))) is None
    assert findings.slowest_step(a_row((4, 1), median_days={"lead>mql": 0.01})) is None


def test_shift_is_the_largest_change_of_a_share():
    now = a_row((100, 50, 25), went_on=(50, 25))
    before = a_row((100, 40, 30), went_on=(40, 30))

    shift = findings.largest_shift(now, before)

    assert shift == findings.Shift("mql>sal", 0.5, 0.75)


def test_first_reason_tells_its_share_and_where_most_of_it_is():
    search = a_row(reasons=[Reason("no_fit", "handoff", 3), Reason("price", "deal", 1)])
    email = a_row(reasons=[Reason("no_fit", "handoff", 1)])

    total = added_up([search, email])
    reason = Reason("no_fit", "handoff", 4)

    assert findings.first_reason(total) == (reason, 0.8)
    assert findings.most_of(reason, [search, email]) == (search, 3)
    assert findings.most_of(reason, [search]) is None
    assert findings.first_reason(a_row()) is None


def test_adding_up_keeps_unknown_money_unknown():
    known, unknown = a_row((2, 1), revenue=Decimal(5), lost=1), a_row((3,), lost=2)

    total, nothing = added_up([known, unknown]), added_up([unknown])

    assert (total.reached("lead"), total.revenue, total.lost) == (5, Decimal(5), 3)
    assert nothing.revenue is None
