import pytest

from baton.core import filters
from baton.core.filters.comparing import comparisons_of
from baton.core.offers import FieldKind


def asked(name, op, *value):
    return {"field": f"job.{name}", "op": op} | ({"value": value[0]} if value else {})


MAIL, MANY, LATE = asked("queue", "is", "mail"), asked("attempt", ">", 69), asked("note", "is_set")


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"all": []}, "Everything"),
        (MAIL, "Queue is Mail"),
        (asked("queue", "is_not", "slow"), "Queue is not Slow lane"),
        (asked("queue", "in", ["mail", "slow", "default"]), "Queue is Mail, Slow lane or Default"),
        (asked("queue", "not_in", ["mail", "slow"]), "Queue is not Mail or Slow lane"),
        (asked("task", "is", "100% sure"), "Task is “100% sure”"),
        (asked("task", "contains", "Ann"), "Task contains “Ann”"),
        (asked("task", "starts_with", "Ann"), "Task starts with “Ann”"),
        (asked("task", "in", ["a", "b"]), "Task is “a” or “b”"),
        (asked("note", "is_empty"), "Note is empty"),
        (LATE, "Note is set"),
        (asked("attempt", "=", 5), "Attempt is 5"),
        (asked("attempt", "!=", 5), "Attempt is not 5"),
        (asked("attempt", "<", 12500), "Attempt under 12,500"),
        (asked("attempt", "<=", 2.5), "Attempt at most 2.5"),
        (MANY, "Attempt over 69"),
        (asked("attempt", ">=", "100"), "Attempt at least 100"),
        (asked("attempt", "between", [10, 20]), "Attempt from 10 to 20"),
        (asked("due_at", "on", "2024-12-03"), "Due at on 3 Dec 2024"),
        (asked("due_at", "before", "2024-12-03"), "Due at before 3 Dec 2024"),
        (asked("due_at", "after", "2024-12-03"), "Due at after 3 Dec 2024"),
        (
            asked("due_at", "between", ["2024-12-03", "2025-01-31"]),
            "Due at from 3 Dec 2024 to 31 Jan 2025",
        ),
        (asked("due_at", "in_last_days", 1), "Due at in the last 1 day"),
        (asked("due_at", "in_last_days", 7), "Due at in the last 7 days"),
        (asked("due_at", "in_next_days", 7), "Due at in the next 7 days"),
        (asked("due_at", "more_than_days_ago", 30), "Due at more than 30 days ago"),
        (asked("is_dead", "is", True), "Is dead is yes"),
        (asked("is_dead", "is", False), "Is dead is no"),
        ({"all": [MAIL, MANY]}, "Queue is Mail and Attempt over 69"),
        ({"any": [MAIL, MANY]}, "Queue is Mail or Attempt over 69"),
        ({"all": [MAIL]}, "Queue is Mail"),
        ({"not": {"all": [MAIL, MANY]}}, "not (Queue is Mail and Attempt over 69)"),
        (
            {"all": [MAIL, {"any": [MANY, LATE]}, {"all": [{"not": LATE}]}]},
            "Queue is Mail and (Attempt over 69 or Note is set) and not (Note is set)",
        ),
    ],
)
def test_a_filter_is_said_in_plain_words(tree, words):
    assert filters.describe(filters.parse(tree, object_type="job")) == words


def test_sets_are_asked_in_words_of_their_own():
    words = dict(comparisons_of(FieldKind.SET))

    assert [str(word) for word in words.values()] == [
        "has any of",
        "has none of",
        "is empty",
        "is set",
    ]
