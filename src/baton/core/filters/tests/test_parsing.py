from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.core import filters
from baton.core.errors import RuleViolation
from baton.core.filters import AllOf, AnyOf, Condition, Filter, Not, Op
from baton.core.filters.parsing import MOST_CONDITIONS
from baton.core.filters.tests.subjects import JOB, OFFERS
from baton.core.offers import FieldKind, FilterField
from baton.core.slots import Slot

FIELDS = {field.name: field for field in JOB.fields}
DEAD = {"field": "job.is_dead", "op": "is", "value": True}


def asked(name, op, *value):
    return {"field": f"job.{name}", "op": op} | ({"value": value[0]} if value else {})


def nested(levels):
    return {"all": [nested(levels - 1)]} if levels else DEAD


def test_a_tree_becomes_typed_nodes():
    tree = {
        "any": [
            {"all": [asked("queue", "is", "mail"), asked("attempt", ">", 3)]},
            {"not": asked("due_at", "between", ["2024-03-01", "2024-03-31"])},
            asked("note", "is_empty"),
        ]
    }

    assert filters.parse(tree, object_type="job") == Filter(
        object_type="job",
        root=AnyOf(
            (
                AllOf(
                    (
                        Condition(FIELDS["queue"], Op.IS, ("mail",)),
                        Condition(FIELDS["attempt"], Op.OVER, (Decimal(3),)),
                    )
                ),
                Not(Condition(FIELDS["due_at"], Op.BETWEEN, (date(2024, 3, 1), date(2024, 3, 31)))),
                Condition(FIELDS["note"], Op.IS_EMPTY, ()),
            )
        ),
    )


@pytest.mark.parametrize("raw", [70, 70.0, "70", "70.0", Decimal(70)])
def test_a_number_may_be_written_in_several_ways(raw):
    chosen = filters.parse(asked("attempt", "=", raw), object_type="job")

    assert chosen.conditions[0].values == (Decimal(70),)


NUMBER = "“Attempt” needs a number like 70 or 12.5, of at most 15 digits."
DAYS = "“Due at” needs a whole number of days from 1 to 36500."
RECORD = "“Cause” needs the id of a record."


@pytest.mark.parametrize(
    ("tree", "sentence"),
    [
        (None, "The filter: is not a condition or a group of them."),
        ([], "The filter: is not a condition or a group of them."),
        ({}, "The filter: needs one of “all”, “any” and “not”, or a field."),
        (
            {"all": [DEAD], "any": [DEAD]},
            "The filter: needs one of “all”, “any” and “not”, or a field.",
        ),
        ({"none": [DEAD]}, "The filter: needs one of “all”, “any” and “not”, or a field."),
        ({"any": []}, "any: needs a list of conditions."),
        ({"all": DEAD}, "all: needs a list of conditions."),
        ({"not": {"all": []}}, "not.all: needs a list of conditions."),
        ({"all": [DEAD, "x"]}, "all[1]: is not a condition or a group of them."),
        (nested(6), "all[0].all[0].all[0].all[0].all[0]: lies more than 5 groups deep."),
        (
            {"any": [DEAD, {"not": {"field": "job.stage", "op": "is", "value": "x"}}]},
            "any[1].not: has no field “job.stage” to ask about.",
        ),
        (
            {"field": "fact.name", "op": "is_set"},
            "The filter: has no field “fact.name” to ask about.",
        ),
        ({"field": ["x"], "op": "is"}, "The filter: has no field “['x']” to ask about."),
        ({**DEAD, "unit": "days"}, "The filter: has “unit”, which a condition has not."),
        (
            asked("is_dead", "contains", "x"),
            "The filter: “Is dead” cannot be compared by “contains”, only by is.",
        ),
        (
            {"field": "job.is_dead", "value": True},
            "The filter: “Is dead” cannot be compared by “None”, only by is.",
        ),
        (asked("is_dead", "is"), "The filter: “Is dead” needs a value."),
        (asked("is_dead", "is", "true"), "The filter: “Is dead” needs true or false."),
        (asked("note", "is_empty", "x"), "The filter: “Note” takes no value here."),
        (asked("task", "is", ""), "The filter: “Task” needs a text."),
        (asked("task", "is", 5), "The filter: “Task” needs a text."),
        (
            asked("task", "is", "x" * 501),
            "The filter: “Task” has a text of more than 500 characters.",
        ),
        (asked("task", "is", "a\0b"), "The filter: “Task” has a character that no text holds."),
        (asked("task", "is", "\ud800"), "The filter: “Task” has a character that no text holds."),
        (asked("task", "in", []), "The filter: “Task” needs a list of 1 to 2000 values."),
        (asked("task", "in", "ann"), "The filter: “Task” needs a list of 1 to 2000 values."),
        (asked("task", "in", ["x"] * 2001), "The filter: “Task” needs a list of 1 to 2000 values."),
        (asked("queue", "is", "fast"), "The filter: “Queue” has no choice “fast”."),
        (asked("queue", "in", ["mail", "fast"]), "The filter: “Queue” has no choice “fast”."),
        (asked("attempt", ">", True), "The filter: “Attempt” needs a number."),
        (asked("attempt", ">", [1]), "The filter: “Attempt” needs a number."),
        (asked("attempt", ">", "many"), f"The filter: {NUMBER}"),
        (asked("attempt", ">", float("nan")), f"The filter: {NUMBER}"),
        (asked("attempt", ">", float("inf")), f"The filter: {NUMBER}"),
        (asked("attempt", ">", 10**15), f"The filter: {NUMBER}"),
        (asked("attempt", ">", "1234567890.123456"), f"The filter: {NUMBER}"),
        (asked("attempt", "between", [1]), "The filter: “Attempt” needs two values, from and to."),
        (
            asked("attempt", "between", [2, 1]),
            "The filter: “Attempt” goes from the larger to the smaller value.",
        ),
        (asked("due_at", "on", "31.12.2024"), "The filter: “Due at” needs a day like 2026-03-01."),
        (asked("due_at", "on", 5), "The filter: “Due at” needs a day like 2026-03-01."),
        (
            asked("due_at", "on", "0001-01-01"),
            "The filter: “Due at” needs a day between 1900 and 9899.",
        ),
        (asked("due_at", "in_last_days", 0), f"The filter: {DAYS}"),
        (asked("due_at", "in_last_days", 7.5), f"The filter: {DAYS}"),
        (asked("due_at", "in_last_days", True), f"The filter: {DAYS}"),
        (asked("due_at", "in_next_days", 10**9), f"The filter: {DAYS}"),
    ],
)
def test_a_bad_tree_is_refused_in_one_sentence_that_says_where(tree, sentence):
    with pytest.raises(RuleViolation) as refusal:
        filters.parse(tree, object_type="job")

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("raw", [0, -1, 2**63, "5", True, 1.0, None])
def test_a_relation_is_asked_by_id(raw):
    with pytest.raises(filters.BadFilter) as refusal:
        filters.parse({"field": "fact.cause", "op": "is", "value": raw}, object_type="fact")

    assert str(refusal.value) == f"The filter: {RECORD}"


def test_as_many_conditions_as_allowed_and_no_more():
    filters.parse({"all": [DEAD] * MOST_CONDITIONS}, object_type="job")

    with pytest.raises(filters.BadFilter, match=r"^all\[200\]: is one condition too many: 200 are"):
        filters.parse({"all": [DEAD] * (MOST_CONDITIONS + 1)}, object_type="job")


def test_lists_together_hold_no_more_values_than_a_database_takes():
    tree = {"any": [asked("task", "in", ["x"] * 1500)] * 2}

    with pytest.raises(filters.BadFilter, match=r"^any\[1\]: goes beyond the 2000 values"):
        filters.parse(tree, object_type="job")


def test_five_groups_deep_is_allowed():
    assert len(filters.parse(nested(5), object_type="job").conditions) == 1


def test_choices_are_looked_up_once_however_many_values_are_asked(monkeypatch):
    looks = []

    def choices():
        looks.append("look")
        return [("a", "A"), ("b", "B")]

    slot = Slot(key=filters.key_of)
    slot.add(
        FilterField(
            object_type="job", name="x", label="X", kind=FieldKind.CHOICE, path="x", choices=choices
        )
    )
    monkeypatch.setattr("baton.core.offers.filter_fields", slot)

    filters.parse({"any": [asked("x", "in", ["a", "b", "a"])] * 3}, object_type="job")

    assert looks == ["look"]


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["all", "any", "not", "field", "op", "value", "x"]), inner, max_size=3
        )
        | st.builds(
            lambda op, value: {"field": "job.attempt", "op": op, "value": value},
            st.sampled_from(sorted(Op)),
            inner,
        )
    ),
    max_leaves=12,
)


@given(json_like)
def test_any_json_is_read_or_refused(tree):
    try:
        chosen = filters.parse(tree, object_type="job")
    except filters.BadFilter:
        return
    assert filters.describe(chosen)


def test_a_filter_knows_what_may_change_its_answer():
    slot = Slot(key=filters.key_of)
    for name, facts in [("stage", {"lifecycle.changed"}), ("score", {"score.changed"})]:
        slot.add(
            FilterField(
                object_type="person",
                name=name,
                label=name,
                kind=FieldKind.DATE,
                path=name,
                changed_by=frozenset(facts),
            )
        )
    conditions = tuple(Condition(field, Op.IS_SET, ()) for field in slot)
    window = Condition(next(iter(slot)), Op.IN_LAST_DAYS, (7,))

    assert Filter("person", AllOf(conditions)).changed_by == {"lifecycle.changed", "score.changed"}
    assert not Filter("person", AllOf(conditions)).has_window
    assert Filter("person", Not(AnyOf((*conditions, window)))).has_window


def test_fields_are_offered_by_object_type():
    assert filters.fields_of("job") == [field for field in OFFERS if field.object_type == "job"]
    assert filters.fields_of("nothing") == []
