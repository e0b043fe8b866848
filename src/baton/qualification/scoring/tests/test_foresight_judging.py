"""A market of which the truth is known: what could be foreseen at best, and which columns lie."""

import math
import random
from datetime import date, timedelta

import pytest

from baton.qualification.scoring.rules.foresight.figures import area_under_curve
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee
from baton.qualification.scoring.rules.foresight.reporting import evaluate

LEAKS = {
    "Verdict",
    "Lost reason",
    "Remark of sales",
    "Call minutes",
    "Latest activity",
    "Signed on",
}


def _leads(count, *, seed=7):
    """Chance by visits, source and day; everything else was filled by who knew the end."""
    draw = random.Random(seed)
    truth, won, rows = [], [], []
    for at in range(count):
        visits, source = draw.expovariate(0.4), draw.choice(["Ads", "Search", "Friend", ""])
        size = draw.lognormvariate(3, 1)
        weight = {"Ads": -0.5, "Search": 0.3, "Friend": 1.2, "": 0}[source]
        chance = 1 / (1 + math.exp(1.9 - 0.45 * visits - weight))
        is_won = draw.random() < chance
        truth.append(chance)
        won.append(is_won)
        rows.append(_row(draw, at, visits=visits, source=source, size=size, is_won=is_won))
    return {name: [row[name] for row in rows] for name in rows[0]}, truth, won


def _row(draw, at, *, visits, source, size, is_won):
    made = date(2025, 1, 1) + timedelta(days=at // 4)
    sure = draw.random() < 0.6
    tags = ("Wants to buy" if is_won else "Wrong number") if sure else draw.choice(["Rang", "Busy"])
    late = ("Meeting" if is_won else "Mail opened") if draw.random() < 0.4 else "Page seen"
    return {
        "Lead": f"L-{at}",
        "Created": made.isoformat(),
        "Visits": f"{visits:.2f}".replace(".", ","),
        "Source": source,
        "Size": f"{size:.0f}",
        "Noise": draw.choice("abcdef"),
        "Verdict": tags,
        "Lost reason": "" if is_won or draw.random() < 0.5 else draw.choice(["Price", "Time"]),
        "Remark of sales": f"Talked about {at} things at length" if is_won and sure else "",
        "Call minutes": f"{draw.gauss(14 if is_won else 7, 3):.1f}",
        "Latest activity": late,
        "Signed on": (made + timedelta(days=30)).isoformat() if is_won else "",
        "Won": "yes" if is_won else "no",
    }


@pytest.fixture(scope="module")
def market():
    cells, truth, won = _leads(1_000)
    return evaluate(cells, outcome="won"), truth, won


def test_leaks_are_found_and_honest_columns_stay(market):
    found, _truth, _won = market

    assert set(found["leaks"]) == LEAKS
    assert set(found["columns"]) == {"Created", "Visits", "Source", "Size", "Noise"}
    assert found["ignored"] == {"Lead": "another value in each row"} | {
        "Remark of sales": "free text: only whether it is filled counts"
    }


def test_figures_are_those_of_the_truth(market):
    found, truth, won = market

    assert found["auc"] == pytest.approx(area_under_curve(truth, won), abs=0.04)
    assert found["brier"] == pytest.approx(
        sum((p - y) ** 2 for p, y in zip(truth, won, strict=True)) / len(won), abs=0.02
    )
    assert (found["n"], found["positives"]) == (1_000, sum(won))
    assert sum(part["n"] for part in found["deciles"]) == 1_000
    assert found["lift_at_10"] > 1.5


def test_same_file_has_the_same_figures():
    cells, _truth, _won = _leads(200)

    first, second = (
        evaluate(cells, outcome="Won", time="Created", excluded=sorted(LEAKS)) for _ in range(2)
    )

    assert first == second


def test_what_lies_after_its_time_is_a_leak_and_later_rows_judge():
    cells, _truth, _won = _leads(500)
    cells["Renewal"] = [
        (date.fromisoformat(day) + timedelta(days=9)).isoformat() for day in cells["Created"]
    ]

    found = evaluate(cells, outcome="Won", time="Created", excluded=sorted(LEAKS))

    assert [(one["column"], one["reason"]) for one in found["leak_reasons"]] == [
        ("Renewal", "lies after the moment of judging in most rows")
    ]
    assert (found["split"], found["taught"] + found["judged"]) == ("time", 500)
    assert "Created" not in found["columns"]


def test_column_that_its_owner_vouches_for_is_used():
    cells, _truth, _won = _leads(300)
    few = {name: cells[name] for name in ("Created", "Verdict", "Visits", "Won")}

    found = evaluate(few, outcome="Won", time="Created", kept=["Verdict"])

    assert (found["leaks"], found["columns"]) == ([], ["Verdict", "Visits"])


def test_words_without_an_order_are_no_time():
    cells, _truth, _won = _leads(120)

    with pytest.raises(CannotForesee, match="cannot be put in order of time by “Noise”"):
        evaluate(cells, outcome="Won", time="Noise")
