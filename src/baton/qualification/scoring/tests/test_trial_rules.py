"""What a draft changes, who passes a threshold, and how long a trial takes still."""

import pytest

from baton.qualification.scoring.queries import replay
from baton.qualification.scoring.queries.replay import Side
from baton.qualification.scoring.rules.trials import (
    Moved,
    changes_between,
    least_for,
    pace_of,
    passing,
)

RULE = {"name": "Form", "points": 5, "cap": None}


def test_changes_are_named_rule_by_rule():
    used = {
        "rules": [RULE, {**RULE, "name": "Visit"}, {**RULE, "name": "Two"}, {**RULE, "name": "Two"}]
    }
    draft = {"rules": [{**RULE, "points": 9}, {**RULE, "name": "New"}, {**RULE, "name": "Two"}]}

    found = [
        (change.moved, change.name, dict(change.now)) for change in changes_between(used, draft)
    ]

    assert found == [
        (Moved.CHANGED, "Form", {"points": 9}),
        (Moved.ADDED, "New", {**RULE, "name": "New"}),
        (Moved.GONE, "Visit", {}),
        (Moved.GONE, "Two", {}),
    ]


PEAKS, STARTS = {10: 3, 40: 2, 60: 1}, {10: 1, 30: 1}


@pytest.mark.parametrize(("least", "count"), [(61, 0), (60, 1), (40, 3), (30, 2), (10, 4)])
def test_who_began_over_a_threshold_does_not_pass_it(least, count):
    assert passing({**PEAKS}, STARTS, least=least) == count


@pytest.mark.parametrize(("most", "least"), [(0, 61), (1, 41), (2, 41), (3, 11), (99, 1)])
def test_threshold_for_at_most_so_many(most, least):
    assert least_for(PEAKS, STARTS, most=most) == least


def test_nobody_has_points_so_no_threshold_is_named():
    assert least_for({0: 5}, {0: 5}, most=3) is None


def test_pace_says_nothing_before_the_first_bite():
    assert pace_of(done=0, total=None, seconds=0).left is None
    pace = pace_of(done=500, total=2000, seconds=2)
    assert (pace.share, pace.facts_a_second, pace.left) == (0.25, 250, 6)


OF_FORM = {
    "name": "Form",
    "kind": "engagement",
    "points": 5,
    "condition": None,
    "fact": "form.submitted",
    "half_life_days": None,
    "expires_days": None,
    "cap": None,
}


@pytest.mark.parametrize(
    ("payload", "met"),
    [
        ({}, (2,)),
        ({"code": "demo"}, (0, 2)),
        ({"code": ["demo"]}, (0, 2)),
        ({"code": "['demo']"}, (2,)),
        ({"code": "DEMO", "n": "1"}, (0, 1, 2)),
        ({"code": None, "n": 1}, (1, 2)),
        ({"n": True}, (2,)),
    ],
)
def test_facts_that_look_alike_are_not_taken_for_each_other(payload, met):
    matches = [{"code": "demo"}, {"n": 1}, {}]
    side = Side({"rules": [{**OF_FORM, "match": match} for match in matches]})
    for other in ({"code": "demo"}, {"code": "['demo']", "n": True}, {"code": ["demo"]}):
        side.met_by("form.submitted", other)

    assert side.met_by("form.submitted", payload) == met
    assert side.met_by("form.submitted", payload) == met
    assert side.met_by("visit.made", payload) == ()


def test_rules_are_asked_once_about_facts_that_say_the_same(monkeypatch):
    asked = []

    def matches(match, *, payload):
        asked.append(payload)
        return True

    monkeypatch.setattr(replay, "matches", matches)
    side = Side({"rules": [{**OF_FORM, "match": {"code": "demo"}}]})

    for number in range(3):
        side.met_by("form.submitted", {"code": "demo", "submission_id": number})

    assert asked == [{"code": "demo", "submission_id": 0}]
