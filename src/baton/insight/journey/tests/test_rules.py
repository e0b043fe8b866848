"""Which stage stalls, which maps run backwards, and where nothing is shown."""

import pytest

from baton.insight.journey.rules import (
    USUAL,
    Care,
    Code,
    Figures,
    Gap,
    Spot,
    Stall,
    first_backward,
    gaps_of,
    stall_of,
)

P, S, C, D, LAST = Code


def spots(**stages: tuple[str, ...]) -> list[Spot]:
    usual = {code.value: tuple(map(str, stages_of)) for code, (_care, stages_of) in USUAL.items()}
    return [
        Spot(code=code, name=code, question="", care=Care.BOTH, stages=(usual | stages)[code.value])
        for code in Code
    ]


def took(days: float, *, timed: int = 10) -> Figures:
    return Figures(timed=timed, median_days=days)


@pytest.mark.parametrize(
    ("days", "stall"),
    [
        ({P: 4, S: 5, C: 20}, Stall(code=C, days=20, others=4.5)),
        ({P: 4, S: 5, C: 6}, None),  # nearly as long as the others
        ({P: 4, LAST: 400}, None),  # nobody needs to leave it
        ({C: 20}, None),  # nothing to compare
        ({}, None),
        ({P: 0, S: 3}, Stall(code=S, days=3, others=0)),
    ],
)
def test_stall_is_slower_than_the_others(days, stall):
    assert stall_of({code: took(one) for code, one in days.items()}) == stall


def test_few_who_left_say_nothing():
    found = {P: took(4), S: took(5), C: took(90, timed=9)}
    assert stall_of(found) is None


def test_usual_map_and_an_unmapped_stage_run_forward():
    assert first_backward(spots()) is None
    assert first_backward(spots(comparing=("mql",))) is None


def test_map_that_runs_backward_names_the_stages():
    turned = spots(comparing=("opportunity",), decision=("mql", "sal", "sql"))
    assert first_backward(turned) == ("sql", "opportunity")


def test_gap_is_told_by_persona_where_others_have_something():
    shown: dict[Code, set[int | None]] = {P: {None}, S: {1}, C: {1, 2}, D: set()}

    assert gaps_of(shown, [1, 2]) == [
        Gap(code=S, persona=2),
        Gap(code=D, persona=None),
        Gap(code=LAST, persona=None),
    ]


def test_shares_of_nobody_are_unknown():
    none = Figures()
    assert (none.conversion, none.long_share) == (None, None)
    assert Figures(here=4, long=1, slow_days=9).long_share == 0.25
    assert Figures(entered=4, went_on=1).conversion == 0.25
