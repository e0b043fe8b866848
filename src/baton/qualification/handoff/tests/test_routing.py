import json
from dataclasses import replace

import pytest

from baton.qualification.handoff.rules import (
    Case,
    Choice,
    Condition,
    Member,
    PoolView,
    Rep,
    Step,
    Why,
    route,
)

TEO, RAVI, SAM = (Rep(id=pk, name=name) for pk, name in ((1, "Teo"), (2, "Ravi"), (3, "Sam")))


def a_pool(*reps, pk=1, name="North"):
    return PoolView(id=pk, name=name, members=tuple(Member(rep=rep) for rep in reps))


EVERYONE = a_pool(TEO, RAVI)
QUEUE = PoolView(id=9, name="Nobody's leads")


def a_case(**values):
    return Case(**({"everyone": EVERYONE, "catch_all": QUEUE} | values))


@pytest.mark.parametrize(
    ("case", "rule", "rep"),
    [
        (a_case(return_to=SAM, owner=TEO), Choice.RECYCLE, SAM),
        (a_case(owner=SAM, account_owner=TEO), Choice.OWNER, SAM),
        (a_case(account_owner=SAM), Choice.ACCOUNT, SAM),
        (a_case(), Choice.TURNS, TEO),
        (a_case(everyone=None), Choice.CATCH_ALL, None),
        (a_case(everyone=a_pool()), Choice.CATCH_ALL, None),
        # One who rejected this person before is left out, also as their owner.
        (a_case(owner=SAM, without=frozenset({3})), Choice.TURNS, TEO),
        (a_case(without=frozenset({1})), Choice.TURNS, RAVI),
        # Silence: those who were asked are not asked again.
        (a_case(asked=frozenset({1})), Choice.TURNS, RAVI),
        (a_case(asked=frozenset({1, 2})), Choice.CATCH_ALL, None),
        # Away, full, gone.
        (a_case(owner=replace(SAM, is_away=True)), Choice.TURNS, TEO),
        (a_case(owner=replace(SAM, is_able=False)), Choice.TURNS, TEO),
        (a_case(owner=replace(SAM, open_count=4, cap=4)), Choice.TURNS, TEO),
        (
            a_case(owner=replace(SAM, open_count=3, cap=4)),
            Choice.OWNER,
            replace(SAM, open_count=3, cap=4),
        ),
    ],
)
def test_rules_are_tried_in_their_order(case, rule, rep):
    decision = route(case)

    assert (decision.rule, decision.rep) == (rule, rep)


def test_first_condition_that_fits_and_has_somebody_free_wins():
    away = replace(RAVI, is_away=True)
    case = a_case(
        conditions=(
            Condition(name="France", pool=a_pool(TEO), is_match=False),
            Condition(name="Big ones", pool=a_pool(away), is_match=True),
            Condition(name="Germany", pool=a_pool(SAM, pk=2), is_match=True),
        )
    )

    decision = route(case)

    assert decision.rep == SAM
    assert decision.tried[5:] == (
        Step(rule=Choice.CONDITION, why=Why.NO_MATCH, name="France"),
        Step(rule=Choice.CONDITION, why=Why.NOBODY, name="Big ones"),
        Step(rule=Choice.CONDITION, why=Why.FREE, name="Germany"),
    )


def test_decision_tells_who_was_free_and_who_was_not_and_why():
    full = replace(RAVI, open_count=5, cap=5)

    decision = route(a_case(everyone=a_pool(TEO, full, SAM), asked=frozenset({3})))

    assert [(member.rep.name, why) for member, why in decision.members] == [
        ("Teo", Why.FREE),
        ("Ravi", Why.FULL),
        ("Sam", Why.ASKED),
    ]
    assert decision.credits == {1: 0}


def test_decision_survives_as_json():
    plain = json.loads(json.dumps(route(a_case(owner=replace(SAM, is_away=True))).as_json()))

    assert plain["rep"] == "Teo"
    assert plain["tried"][:2] == [
        {"rule": "recycle", "why": "none", "name": ""},
        {"rule": "owner", "why": "away", "name": "Sam"},
    ]
    assert [member["name"] for member in plain["members"]] == ["Teo", "Ravi"]


def test_no_turn_is_taken_where_somebody_is_known():
    assert route(a_case(owner=SAM)).credits is None
