"""The buttons of a filter's form, and what it says of a condition that cannot be asked."""

import pytest

from baton.core.filters.drafts import Group, Line, draft_of
from baton.core.filters.editing import change, judge
from baton.core.filters.fields import askable

pytestmark = pytest.mark.django_db  # for the fields that a company added


def fields():
    return askable("job", may=lambda _name: True)


def a_draft(*conditions, join="all"):
    tree = {
        join: [{"field": f"job.{name}", "op": op, "value": value} for name, op, value in conditions]
    }
    return draft_of(tree, fields())


def shape(group):
    return (group.join, [shape(part) if part.is_group else part.key for part in group.parts])


def test_a_condition_is_added_where_it_was_asked_for_and_gets_the_focus():
    draft = a_draft(("attempt", ">", 3))

    focus = [change(draft, do, fields()) for do in ("group:0", "add:0.1", "add:0")]

    assert shape(draft) == ("all", ["job.attempt", ("any", ["", ""]), ""])
    assert focus == ["0.1.0-field", "0.1.1-field", "0.2-field"]


def test_what_is_removed_leaves_no_empty_group_behind():
    draft = a_draft(("attempt", ">", 3))
    change(draft, "group:0", fields())

    focus = [change(draft, do, fields()) for do in ("remove:0.1.0", "remove:0.0", "remove:0.7")]

    assert shape(draft) == ("all", [])
    assert focus == ["0.0-field", "0-add", ""]


@pytest.mark.parametrize("do", ["", "add", "add:9", "group:x", "fly:0", "remove:0", "remove:"])
def test_what_no_button_says_changes_nothing(do):
    draft = a_draft(("attempt", ">", 3))

    change(draft, do, fields())

    assert shape(draft) == ("all", ["job.attempt"])


def test_groups_lie_three_deep():
    draft = Group()
    for place in ("0", "0.0", "0.0.1", "0.0.1.1"):
        change(draft, f"group:{place}", fields())

    assert shape(draft) == ("all", [("any", ["", ("all", [""])])])


def test_one_condition_more_than_there_may_be_is_refused_and_nothing_lost():
    draft = a_draft(*[("attempt", ">", number) for number in range(50)])

    change(draft, "add:0", fields())

    assert draft.error == "A filter may have 50 conditions. Take one out first."
    assert [line.first for line in draft.lines()] == [str(number) for number in range(50)]


@pytest.mark.parametrize(
    ("condition", "error"),
    [
        (
            ("attempt", "=", "many"),
            "“Attempt” needs a number like 70 or 12.5, of at most 15 digits.",
        ),
        (("attempt", "between", ["1"]), "“Attempt” needs a value."),
        (
            ("attempt", "between", ["7", "1"]),
            "“Attempt” goes from the larger to the smaller value.",
        ),
        (("due_at", "in_last_days", "x"), "“Due at” needs a whole number of days from 1 to 36500."),
        (("lane", "is", ""), "“Lane” needs a value."),
        (("lane", "is", "fast"), "“Lane” has no choice “fast”."),
    ],
)
def test_each_condition_says_what_it_lacks(condition, error):
    draft = a_draft(("attempt", ">", 3), condition)

    is_right = judge(draft, object_type="job", fields=fields())

    assert (is_right, [line.error for line in draft.lines()]) == (False, ["", error])


def test_too_many_conditions_are_refused_in_one_sentence():
    draft = a_draft(*[("attempt", ">", 3)] * 200)

    is_right = judge(draft, object_type="job", fields=fields())

    words = "it has 200 conditions and may have 50, take some out"
    assert (is_right, draft.error) == (False, f"The filter is not shown: {words}.")


def test_a_line_without_a_field_asks_nothing():
    draft = Group(parts=[Line(), Line()])

    assert (judge(draft, object_type="job", fields=fields()), draft.tree(is_draft=False)) == (
        True,
        None,
    )


@pytest.mark.parametrize("join", ["all", "any", "none"])
def test_a_comparison_has_its_opposite_in_words(join):
    tree = {"not": {"field": "job.task", "op": "contains", "value": "x"}}
    draft = draft_of({"any": [tree]}, fields())
    draft.join = join

    [line] = draft.lines()

    words = [label for value, label in line.comparisons if value == line.comparison]
    assert [str(label) for label in words] == ["does not contain"]
    inner = {"all": {"all": [tree]}, "any": {"any": [tree]}, "none": {"not": {"any": [tree]}}}
    assert draft.tree(is_draft=False) == inner[join]
