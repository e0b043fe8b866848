from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from baton.core.ui import charts
from baton.core.ui.drawing import Mark, number, ticks
from baton.core.ui.marking import marked
from baton.core.ui.meters import meter


@pytest.mark.parametrize(
    ("top", "steps"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (138, [0, 50, 100, 150]),
        (1200, [0, 500, 1000, 1500]),
        (0.9, [0, 0.25, 0.5, 0.75, 1.0]),
    ],
)
def test_ticks_are_round_and_reach_the_top(top, steps):
    assert ticks(top) == pytest.approx(steps)


def test_numbers_in_paths_have_a_point_in_every_language():
    assert [number(value) for value in (1, 1.25, 1200.04, -3.5)] == ["1", "1.2", "1200", "-3.5"]


def test_trend_names_each_line_once_and_fills_the_first():
    chart = charts.trend(
        series=[
            charts.Series(name="Q3", values=[1, 2, None]),
            charts.Series(name="Q2", values=[2, 2, 2], css="old"),
        ],
        labels=["1 Sep", "8 Sep", "15 Sep"],
        sentence="It grew.",
        goal=(3, "3 owed"),
    )

    names = [shape.words for shape in chart.desk.shapes if "name" in shape.css.split()]
    washes = [shape for shape in chart.desk.shapes if shape.css == "wash"]

    assert chart.table is not None
    assert (sorted(names), len(washes)) == (["Q2", "Q3"], 1)
    assert chart.table.rows == [["1 Sep", "1", "2"], ["8 Sep", "2", "2"], ["15 Sep", "", "2"]]


def test_names_at_line_ends_do_not_cover_each_other():
    chart = charts.trend(
        series=[charts.Series(name=name, values=[5, 5]) for name in ("a", "b", "c")],
        labels=["1", "2"],
        sentence="All the same.",
    )

    heights = sorted(
        float(shape.at["y"]) for shape in chart.desk.shapes if "name" in shape.css.split()
    )

    assert all(later - earlier >= 13 for earlier, later in pairwise(heights))


@pytest.mark.parametrize("values", [[], [None, None], [0, 0]])
def test_trend_of_nothing_still_draws_its_axis(values):
    chart = charts.trend(
        series=[charts.Series(name="Q3", values=values)],
        labels=["1 Sep", "8 Sep"][: len(values)],
        sentence="Nothing yet.",
    )

    assert any(shape.css == "base" for shape in chart.desk.shapes)


def test_funnel_rates_are_of_the_step_before_and_unknown_after_nobody():
    chart = charts.funnel(
        [
            charts.FunnelStep(name="Lead", count=200),
            charts.FunnelStep(name="MQL", count=50),
            charts.FunnelStep(name="SAL", count=0),
            charts.FunnelStep(name="SQL", count=0),
        ],
        sentence="A quarter became MQL.",
    )

    assert [row.rate for row in chart.steps] == ["", "25\xa0%", "0\xa0%", "unknown"]
    assert [row.share for row in chart.steps] == ["100", "25", "0", "0"]


def test_bars_start_at_zero_and_the_longest_is_full():
    chart = charts.bars(
        [charts.Bar(name="a", value=10), charts.Bar(name="b", value=5)], sentence="a leads."
    )

    assert [bar.share for bar in chart.bars] == ["100", "50"]


@pytest.mark.parametrize(
    ("value", "of", "plan", "shares"),
    [
        (50, 100, None, ("50", "", "")),
        (986, 1200, 1029, ("82.2", "3.6", "85.8")),
        (1300, 1200, 1000, ("100", "", "83.3")),
        (0, 0, None, ("0", "", "")),
    ],
)
def test_meter_shows_what_is_short_of_the_plan(value, of, plan, shares):
    found = meter(value, of=of, plan=plan)

    assert (found.value, found.short, found.plan) == shares


def test_far_behind_plan_is_red():
    assert meter(171, of=240, plan=230).short_hue == "red"
    assert meter(220, of=240, plan=230).short_hue == "amber"


def test_words_in_a_drawing_are_escaped():
    chart = charts.trend(
        series=[charts.Series(name="<b>Q3</b>", values=[1, 2])],
        labels=['"1"', "2"],
        sentence='A "quoted" <i>sentence</i>',
    )

    html = render_to_string("ui/charts/plain.html", {"chart": chart})

    assert "<b>" not in html
    assert "<i>" not in html
    assert 'aria-label="A &quot;quoted&quot; &lt;i&gt;sentence&lt;/i&gt;"' in html


def test_mark_stands_in_the_drawing_by_its_number_and_in_words_below():
    chart = charts.trend(
        series=[charts.Series(name="Leads", values=[1, 2, 3])],
        labels=["1", "2", "3"],
        sentence="Leads",
    )
    later, sooner = Mark(at=1.5, words="New form"), Mark(at=0, words="New page", href="/x/")

    drawn = marked(chart, [later, sooner], of=3)
    marks = [shape for shape in drawn.desk.shapes if shape.css == "mark"]
    lines = [shape.at["x1"] for shape in marks if shape.kind == "line"]

    assert [shape.words for shape in drawn.desk.shapes if shape.css == "t mark"] == ["1", "2"]
    assert lines == ["44", number(44 + (550 - 92 - 44) * 0.75)]
    assert [mark.words for mark in drawn.marks] == ["New page", "New form"]
    assert marked(chart, [], of=3) is chart
