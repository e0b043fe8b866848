from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from baton.qualification.lifecycle import rules
from baton.qualification.lifecycle.rules import ORDER, Change, Stage

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_change(number, to_stage, *, day=0, is_back=False):
    at = NINE + timedelta(days=day)
    return Change(id=number, to_stage=to_stage, at=at, is_back=is_back)


def stands(links):
    present = rules.standing(links)
    assert present
    return present


def told(links):
    return [(link.from_stage, link.change.to_stage, link.is_overtaken) for link in links]


@pytest.mark.parametrize(
    ("current", "to", "is_back", "after"),
    [
        ("", "lead", False, "lead"),
        ("", "customer", False, "customer"),
        ("", "other", True, "other"),
        ("lead", "lead", False, None),
        ("lead", "mql", False, "mql"),
        ("lead", "sql", False, "sql"),
        ("lead", "customer", False, "customer"),
        ("sql", "mql", False, None),
        ("customer", "opportunity", False, None),
        ("lead", "other", False, None),
        ("other", "lead", False, "lead"),
        ("mql", "lead", True, "lead"),
        ("mql", "other", True, "other"),
        ("lead", "mql", True, None),
        ("lead", "lead", True, None),
        ("other", "lead", True, None),
        ("other", "other", True, None),
    ],
)
def test_which_moves_count(current, to, is_back, after):
    assert rules.move(current, to=to, is_back=is_back) == after


def test_a_move_to_an_unknown_stage_is_a_bug():
    with pytest.raises(ValueError, match="prospect"):
        rules.move("lead", to="prospect")


@pytest.mark.parametrize(
    ("current", "to", "is_back"),
    [("mql", "lead", True), ("lead", "mql", False), ("", "lead", False), ("lead", "other", True)],
)
def test_a_move_by_hand_knows_its_direction(current, to, is_back):
    assert rules.is_backward(current, to=to) is is_back


def test_the_chain_is_the_same_however_the_changes_arrived():
    days = {"lead": 0, "mql": 3, "sal": 4, "sql": 9}
    for order in permutations(days):
        changes = [a_change(n, stage, day=days[stage]) for n, stage in enumerate(order)]

        links = rules.chain(changes)

        assert told(links) == [
            ("", "lead", False),
            ("lead", "mql", False),
            ("mql", "sal", False),
            ("sal", "sql", False),
        ]


def test_moves_of_one_instant_go_forward_by_rank():
    links = rules.chain([a_change(1, "mql"), a_change(2, "lead")])

    assert told(links) == [("", "lead", False), ("lead", "mql", False)]
    assert stands(links).to_stage == "mql"


def test_back_and_forth_in_one_instant_keeps_the_order_of_recording():
    changes = [
        a_change(1, "lead"),
        a_change(2, "mql"),
        a_change(3, "lead", is_back=True),
        a_change(4, "sql"),
    ]

    assert stands(rules.chain(changes)).to_stage == "sql"


def test_a_further_stage_with_an_earlier_date_overtakes():
    links = rules.chain([a_change(1, "lead", day=5), a_change(2, "mql", day=1)])

    assert told(links) == [("", "mql", False), ("mql", "lead", True)]
    assert stands(links).to_stage == "mql"


def test_a_person_sent_back_goes_forward_again():
    links = rules.chain(
        [
            a_change(1, "lead"),
            a_change(2, "mql", day=1),
            a_change(3, "lead", day=2, is_back=True),
            a_change(4, "mql", day=30),
        ]
    )

    assert not any(link.is_overtaken for link in links)
    assert stands(links).at == NINE + timedelta(days=30)


def test_nobody_stands_anywhere_without_history():
    assert rules.standing(rules.chain([])) is None


@pytest.mark.parametrize(
    ("stages", "origin", "is_self_serve", "recorded", "inferred"),
    [
        ([], "marketing", False, "", ""),
        (["lead"], "marketing", False, "lead", ""),
        (["subscriber"], "marketing", False, "subscriber", ""),
        (["lead", "sql"], "marketing", False, "lead sql", "mql sal"),
        (["lead", "sql"], "partner", False, "lead sql", "mql sal"),
        (["lead", "sql"], "sales", False, "lead sql", ""),
        (["customer"], "marketing", False, "customer", "lead mql sal sql opportunity"),
        (["customer"], "sales", False, "customer", "lead sql opportunity"),
        (["lead", "customer"], "marketing", True, "lead customer", "sql opportunity"),
        (["lead", "mql", "sal"], "sales", False, "lead mql sal", ""),
        (["other"], "marketing", False, "other", ""),
        (["lead", "mql", "other"], "marketing", False, "lead mql other", ""),
    ],
)
def test_which_stages_count_as_reached(stages, origin, is_self_serve, recorded, inferred):
    found = rules.reached(stages, origin=origin, is_self_serve=is_self_serve)

    assert (found.recorded, found.inferred) == (set(recorded.split()), set(inferred.split()))


def test_reached_answers_for_both_kinds():
    found = rules.reached(["sql"], origin="marketing")

    assert [stage for stage in ORDER if stage in found] == ["lead", "mql", "sal", "sql"]
    assert Stage.CUSTOMER not in found
