import pytest

from baton.qualification.scoring.rules.foresight import figures
from baton.qualification.scoring.rules.foresight.cells import days_in, numbers_in
from baton.qualification.scoring.rules.foresight.columns import Column, Kind, read_column
from baton.qualification.scoring.rules.foresight.drifting import (
    DRIFTED,
    edges_of,
    shares_of,
    stability_index,
)
from baton.qualification.scoring.rules.foresight.evidence import says_later
from baton.qualification.scoring.rules.foresight.outcome import check_enough, read_outcome
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee
from baton.qualification.scoring.rules.foresight.scorecard import read_scorecard
from baton.qualification.scoring.rules.foresight.table import read_table


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1", "2.5", "-3e2"], [1, 2.5, -300]),
        (["1,5", "2", "1.234,50"], [1.5, 2, 1234.5]),
        (["1,234", "12,345.67"], [1234, 12345.67]),
        (["€ 10", "20 €", "5%"], [10, 20, 5]),
        (["$1,234.50", "-$5", "($200.00)"], [1234.5, -5, -200]),
        (["CHF 1'000", "Rs. 500", "R$ 5"], [1000, 500, 5]),
        (["01.02.2026", "03.04.2026"], None),
        (["one", "2"], None),
    ],
)
def test_numbers_of_either_spelling_are_read(texts, expected):
    assert numbers_in(texts) == expected


@pytest.mark.parametrize(
    ("texts", "months"),
    [
        (["2026-02-01", "2026-03-04 10:20:30", "2026-03-04T10:20:30+00:00"], [2, 3, 3]),
        (["01.02.2026", "04.03.2026"], [2, 3]),
        (["01/02/2026", "25/03/2026"], [2, 3]),
        (["02/01/2026", "03/25/2026"], [2, 3]),
        (["5 Mar 2026", "17 Apr 2026"], [3, 4]),
        (["5. März 2026", "17. Dez. 2026"], [3, 12]),
        (["5 de enero de 2026", "17 de agosto de 2026"], [1, 8]),
        (["1 juin 2026", "14 juillet 2026", "3 août 2026"], [6, 7, 8]),
    ],
)
def test_days_are_read_in_the_form_of_their_column(texts, months):
    assert [day.month for day in days_in(texts) or () if day] == months


def test_form_of_days_is_that_of_the_whole_column_and_not_of_some():
    texts = [f"{n % 12 + 1:02}/0{n % 9 + 1}/2026" for n in range(400)]
    texts[1::2] = [f"0{n % 9 + 1}/{13 + n % 15}/2026" for n in range(200)]

    assert {day.day > 12 for day in days_in(texts) or () if day} == {False, True}


def test_times_of_day_are_moments_of_one_day():
    assert [at.isoformat()[:16] for at in days_in(["13:45:20", "9:01"]) or () if at] == [
        "1970-01-01T13:45",
        "1970-01-01T09:01",
    ]


def test_words_are_no_days():
    assert days_in(["Landing page 2026", "Search"]) is None


@pytest.mark.parametrize(
    ("values", "positive"),
    [
        (["1", "0", "0"], "1"),
        (["no", "Yes", "no"], "Yes"),
        (["True", "False"], "True"),
        (["Won", "Lost", "Won"], "Won"),
        (["Closed Won", "Closed Lost"], "Closed Won"),
        (["Converted", "Not converted"], "Converted"),
        (["ja", "nein"], "ja"),
        (["verdadero", "verdadero", "falso"], "verdadero"),
        (["Gagné", "Gagné", "Perdu"], "Gagné"),
        (["Not_Canceled", "Not_Canceled", "Canceled", "Canceled", "Canceled"], "Canceled"),
        (["blue", "red", "red"], "blue"),  # nothing tells: the rarer one
    ],
)
def test_positive_value_of_an_outcome_is_recognised(values, positive):
    assert read_outcome("o", values).positive == positive


def test_rows_without_an_outcome_are_left_out():
    found = read_outcome("o", ["yes", "", "no", "N/A"])

    assert (found.rows, found.won) == ((0, 2), (True, False))


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        (["Closed Won", "Negotiation", "Closed Lost", "Prospecting"], (0, 2)),
        (["won", "lost", "open", "unknown"], (0, 1)),
        (["Ganado", "en negociación", "Perdido"], (0, 2)),
        (["Converted", "not_converted", "in progress"], (0, 1)),
    ],
)
def test_rows_that_have_not_ended_yet_are_left_out(values, rows):
    assert read_outcome("o", values).rows == rows


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["yes", "yes"], "says the same in every row"),
        (["yes", "no", "maybe"], "3 different values"),
        (["", ""], "is empty"),
    ],
)
def test_column_that_is_no_outcome_is_refused_in_words(values, words):
    with pytest.raises(CannotForesee, match=words):
        read_outcome("o", values)


def test_few_rows_are_refused():
    with pytest.raises(CannotForesee, match="60 rows with an outcome, 3 of them positive"):
        check_enough([True] * 3 + [False] * 57)


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("size", [str(n * 1.5) for n in range(60)], Kind.NUMBER),
        ("rooms", ["1", "2", "3"] * 20, Kind.CHOICE),
        ("Lead Number", [str(5000 + 7 * n) for n in range(60)], Kind.ID),
        ("any", [str(9000 + n) for n in range(60)], Kind.ID),
        ("salary", [str(30_000 + 977 * n * n % 40_000) for n in range(60)], Kind.NUMBER),
        ("key", [f"k-{n}" for n in range(60)], Kind.ID),
        ("remark", [f"they said {n} things about us" for n in range(60)], Kind.TEXT),
        ("since", [f"2026-01-{n % 28 + 1:02}" for n in range(60)], Kind.DATE),
        ("source", ["Ads", "Search", ""] * 20, Kind.CHOICE),
        ("nothing", ["", "n/a"] * 30, Kind.EMPTY),
        ("brand", ["X"] * 60, Kind.SAME),
    ],
)
def test_columns_are_what_their_values_say(name, cells, kind):
    assert read_column(name, cells).kind is kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Last Notable Activity", True),
        ("last_contacted_at call", True),
        ("latestStatus", True),
        ("Close Date", True),
        ("closed_lost reason", True),
        ("Lead Status", True),
        ("Last Name", False),
        ("marital status", False),
        ("previous call", False),
        ("days since last contact", False),
        ("Source", False),
    ],
)
def test_name_says_whether_a_field_is_written_over_later(name, expected):
    assert says_later(Column(name, Kind.CHOICE, [])) is expected


def test_area_counts_ties_half():
    assert figures.area_under_curve([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == 0.875


def test_lift_of_the_best_tenth_does_not_depend_on_the_order_of_ties():
    won = [True] * 5 + [False] * 15

    assert figures.lift_of_best([0.5] * 20, won) == pytest.approx(1)
    assert figures.lift_of_best([1.0 - n / 20 for n in range(20)], won) == pytest.approx(4)
    assert [part.observed for part in figures.by_tenths([0.5] * 20, won)] == [0.25] * 10


def test_calibration_says_what_came_of_each_range():
    parts = figures.calibration_of([0.12, 0.18, 0.81], [True, False, True])

    assert [(part.count, part.observed) for part in parts] == [(2, 0.5), (1, 1.0)]


def test_unknown_column_is_named_with_those_there_are():
    with pytest.raises(CannotForesee, match=r"no column “wonn”\. The file has: won, size"):
        read_table({"won": ["1"], "size": ["2"]}, outcome="wonn")


@pytest.mark.parametrize(("values", "repeated"), [(300, 20), (3, 0)])
def test_copies_of_rows_are_counted_and_people_who_are_alike_are_not(values, repeated):
    sizes = [str(n * 7919 % values * 1.5) for n in range(300)]
    cells = {"size": sizes, "won": ["yes" if n % 3 else "no" for n in range(300)]}
    twice = {name: [*texts, *texts[:20]] for name, texts in cells.items()}

    assert read_table(twice, outcome="won").repeated == repeated


def test_same_people_do_not_drift_and_others_do():
    edges = edges_of([n / 100 for n in range(100)])
    expected = shares_of([n / 100 for n in range(100)], edges)

    alike = stability_index([n / 50 for n in range(50)], edges=edges, expected=expected)
    better = stability_index([0.5 + n / 100 for n in range(50)], edges=edges, expected=expected)

    assert alike < 0.01
    assert better > DRIFTED


def test_scorecard_says_what_moves_a_chance_most():
    data = {
        "intercept": 0.0,
        "slope": 1.0,
        "shift": 0.0,
        "columns": [
            {
                "name": "size",
                "kind": "number",
                "edges": [10.0],
                "levels": {},
                "mean": 0.0,
                "weights": [-0.4, 0.0, 0.01, 2.0],
            },
            {
                "name": "source",
                "kind": "choice",
                "edges": [],
                "levels": {"ads": 2},
                "mean": 0.0,
                "weights": [0.0, 0.0, -1.0],
            },
        ],
    }
    card = read_scorecard(data)

    big, nothing = card.foretell({"size": 50, "source": "Ads"}), card.foretell({})

    assert big.chance == pytest.approx(0.731, abs=0.001)
    assert [(one.column, one.level, one.low, one.high) for one in big.reasons] == [
        ("size", "", 10.0, None),
        ("source", "ads", None, None),
    ]
    assert [(one.column, one.is_known) for one in nothing.reasons] == [("size", False)]
    assert card.data() == data
