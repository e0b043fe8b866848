from datetime import date
from decimal import Decimal

import pytest

from baton.sales.deals.rules import (
    Attention,
    BarStep,
    Gap,
    StageKind,
    Standing,
    Stay,
    attention,
    closing_gap,
    days_since,
    line_sum,
    lines_total,
    median,
    quarter_of,
    stage_bar,
    weighted,
)
from baton.sales.deals.rules.foreign import read_stages

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("kind", "reason", "competitor", "gap"),
    [
        (StageKind.OPEN, "", "", None),
        (StageKind.WON, "", "", None),
        (StageKind.WON, "best_fit", "", None),
        (StageKind.WON, "no_budget", "", Gap.UNKNOWN_REASON),
        (StageKind.LOST, "", "", Gap.REASON),
        (StageKind.LOST, "", "Acme", Gap.REASON),
        (StageKind.LOST, "price", "", None),
        (StageKind.LOST, "best_fit", "", Gap.UNKNOWN_REASON),
        (StageKind.LOST, "competitor", "", Gap.COMPETITOR),
        (StageKind.LOST, "competitor", "  ", Gap.COMPETITOR),
        (StageKind.LOST, "competitor", "Acme", None),
    ],
)
def test_closing_asks_for_what_is_missing(kind, reason, competitor, gap):
    assert closing_gap(kind, reason=reason, competitor=competitor) == gap


@pytest.mark.parametrize(
    ("amount", "probability", "counts"),
    [
        (Decimal(48000), 60, Decimal("28800.00")),
        (Decimal("0.05"), 10, Decimal("0.01")),  # half a cent goes up
        (Decimal(100), 0, Decimal("0.00")),
        (None, 60, None),
    ],
)
def test_weighted_amount_is_amount_times_probability(amount, probability, counts):
    assert weighted(amount, probability=probability) == counts


@pytest.mark.parametrize(
    ("quantity", "price", "total"),
    [
        (Decimal(120), Decimal(210), Decimal("25200.00")),
        (Decimal("1.5"), Decimal("0.33"), Decimal("0.50")),
        (Decimal(3), None, None),
    ],
)
def test_line_sum_is_quantity_times_price(quantity, price, total):
    assert line_sum(quantity=quantity, price=price) == total


@pytest.mark.parametrize(
    ("sums", "total"),
    [
        ([], None),
        ([Decimal(5)], Decimal(5)),
        ([Decimal(5), Decimal("2.50")], Decimal("7.50")),
        ([Decimal(5), None], None),
        ([Decimal(0)], Decimal(0)),
    ],
)
def test_amount_follows_the_lines_only_when_every_price_is_known(sums, total):
    assert lines_total(sums) == total


@pytest.mark.parametrize(
    ("standing", "sign"),
    [
        (Standing(close_on=date(2026, 3, 1), next_step="Call"), Attention.OVERDUE),
        (Standing(close_on=TODAY, next_step="Call"), Attention.NONE),
        (Standing(next_step="Call", next_step_on=date(2026, 3, 1)), Attention.STEP_LATE),
        (Standing(next_step="Call", next_step_on=TODAY), Attention.NONE),
        (Standing(next_step_on=date(2026, 2, 1)), Attention.NO_STEP),
        (Standing(latest_on=date(2026, 1, 1)), Attention.NO_STEP),
        (Standing(next_step="Call", latest_on=date(2026, 1, 31)), Attention.IDLE),
        (Standing(next_step="Call", latest_on=date(2026, 2, 1)), Attention.NONE),
        (Standing(next_step="Call"), Attention.NONE),
    ],
)
def test_attention_names_the_most_pressing_thing(standing, sign):
    assert attention(standing, today=TODAY) == sign


@pytest.mark.parametrize(
    ("on", "days"), [(None, 0), (TODAY, 0), (date(2026, 3, 5), 0), (date(2026, 2, 20), 10)]
)
def test_days_since_never_goes_below_zero(on, days):
    assert days_since(on, today=TODAY) == days


def test_stage_bar_shows_dates_and_days_of_each_stage():
    stays = [
        Stay(stage_id=1, entered_on=date(2026, 1, 1), left_on=date(2026, 1, 3)),
        Stay(stage_id=2, entered_on=date(2026, 1, 3), left_on=date(2026, 1, 13)),
        Stay(stage_id=1, entered_on=date(2026, 1, 13), left_on=date(2026, 1, 14)),
        Stay(stage_id=3, entered_on=date(2026, 2, 20)),
    ]

    bar = stage_bar([1, 2, 3, 4], current=3, stays=stays, today=TODAY)

    assert bar == [
        BarStep(stage_id=1, state="done", entered_on=date(2026, 1, 1), days=3),
        BarStep(stage_id=2, state="done", entered_on=date(2026, 1, 3), days=10),
        BarStep(stage_id=3, state="current", entered_on=date(2026, 2, 20), days=10),
        BarStep(stage_id=4, state=""),
    ]


def test_stage_bar_of_a_deal_that_came_back_shows_the_latest_entry():
    stays = [
        Stay(stage_id=1, entered_on=date(2026, 1, 1), left_on=date(2026, 1, 3)),
        Stay(stage_id=2, entered_on=date(2026, 1, 3), left_on=date(2026, 2, 1)),
        Stay(stage_id=1, entered_on=date(2026, 2, 1)),
    ]

    bar = stage_bar([1, 2], current=1, stays=stays, today=TODAY)

    assert bar[0] == BarStep(stage_id=1, state="current", entered_on=date(2026, 2, 1), days=29)
    assert bar[1] == BarStep(stage_id=2, state="", entered_on=date(2026, 1, 3), days=29)


def test_stage_bar_of_an_undated_deal_has_no_days():
    bar = stage_bar([1, 2], current=2, stays=[Stay(stage_id=2, entered_on=None)], today=TODAY)

    assert [(step.state, step.days) for step in bar] == [("done", None), ("current", None)]


@pytest.mark.parametrize(
    ("values", "middle"),
    [([], None), ([3], 3), ([9, 1, 5], 5), ([1, 2, 3, 10], 2.5)],
)
def test_median_is_the_middle_value(values, middle):
    assert median(values) == middle


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_quarter_holds_the_day(day, start, end):
    assert quarter_of(day) == (start, end)


def test_stages_of_a_file_are_those_with_a_chance():
    said = f"Qualified 40; Phase ²; Sent 900; Long {'9' * 5000};Contract Sent 90"

    assert [one.name for one in read_stages(said)] == ["Qualified", "Contract Sent"]
