import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.qualification.handoff.rules import implies, is_impossible


def leaf(op, value=None, field="person.country"):
    return {"field": field, "op": op} | ({} if value is None else {"value": value})


def size(op, value):
    return leaf(op, value, "person.employee_count")


FRANCE, SPAIN = leaf("is", "France"), leaf("is", "Spain")


@pytest.mark.parametrize(
    ("narrow", "wide", "is_so"),
    [
        (FRANCE, leaf("in", ["france", "Spain"]), True),
        (leaf("in", ["France", "Spain"]), FRANCE, False),
        ({"all": [FRANCE, size(">", 50)]}, FRANCE, True),
        (FRANCE, {"all": [FRANCE, size(">", 50)]}, False),
        (FRANCE, {"any": [SPAIN, FRANCE]}, True),
        ({"any": [FRANCE, SPAIN]}, leaf("is_set"), True),
        (FRANCE, leaf("is_not", "Spain"), True),
        (leaf("is_empty"), leaf("is_not", "Spain"), True),
        (size(">=", 100), size(">", 50), True),
        (size(">=", 50), size(">", 50), False),
        (size("between", [60, 80]), size("between", [50, 100]), True),
        (size("between", [40, 80]), size("between", [50, 100]), False),
        (size("=", 70), size(">", 50), True),
        (leaf("starts_with", "Fra"), leaf("starts_with", "f"), True),
        ({"not": leaf("in", ["France", "Spain"])}, {"not": FRANCE}, True),
        (FRANCE, {"all": []}, True),
    ],
)
def test_one_condition_takes_all_of_another(narrow, wide, is_so):
    assert implies(narrow, wide) is is_so


def test_who_has_several_values_can_have_both():
    red, blue = (leaf("in", [one], "person.tags") for one in ("red", "blue"))

    both = {"all": [red, blue]}
    assert not is_impossible(both, many={"person.tags"})
    assert is_impossible(both)


@pytest.mark.parametrize(
    ("tree", "is_so"),
    [
        ({"all": [FRANCE, SPAIN]}, True),
        ({"all": [FRANCE, leaf("is_empty")]}, True),
        ({"all": [size("<", 10), size(">=", 10)]}, True),
        ({"all": [size("<=", 10), size(">=", 10)]}, False),
        ({"all": [FRANCE, {"any": [SPAIN, leaf("is_empty")]}]}, True),
        ({"any": [FRANCE, SPAIN]}, False),
        ({"all": []}, False),
    ],
)
def test_condition_that_contradicts_itself_is_known(tree, is_so):
    assert is_impossible(tree) is is_so


COUNTRIES = ("France", "Spain", "")
SIZES = (None, 1, 5, 9)
LEAVES = st.one_of(
    st.builds(leaf, st.sampled_from(["is", "is_not"]), st.sampled_from(["France", "Spain"])),
    st.builds(leaf, st.sampled_from(["is_set", "is_empty"])),
    st.builds(leaf, st.sampled_from(["contains", "starts_with"]), st.sampled_from(["f", "a"])),
    st.builds(size, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), st.sampled_from([1, 5, 9])),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=5,
)


def holds(tree, country, count):
    """The same words once more, for these two fields alone."""
    if "field" not in tree:
        [(word, inner)] = tree.items()
        if word == "not":
            return not holds(inner, country, count)
        return (all if word == "all" else any)(holds(part, country, count) for part in inner)
    value = (country.lower() or None) if tree["field"] == "person.country" else count
    op, asked = tree["op"], tree.get("value")
    asked = asked.lower() if isinstance(asked, str) else asked
    if op in {"is_not", "!="}:
        return value is None or value != asked
    if op in {"is_set", "is_empty"}:
        return (value is None) is (op == "is_empty")
    if value is None:
        return False
    return {
        "is": lambda: value == asked,
        "=": lambda: value == asked,
        "contains": lambda: asked in value,
        "starts_with": lambda: value.startswith(asked),
        "<": lambda: value < asked,
        "<=": lambda: value <= asked,
        ">": lambda: value > asked,
        ">=": lambda: value >= asked,
    }[op]()


@given(one=TREES, other=TREES)
def test_what_is_said_of_two_conditions_is_true_of_everybody(one, other):
    everybody = [(country, count) for country in COUNTRIES for count in SIZES]
    ones = [who for who in everybody if holds(one, *who)]
    both = [who for who in ones if holds(other, *who)]

    assert not implies(one, other) or ones == both
    assert not is_impossible({"all": [one, other]}) or both == []
    assert not is_impossible(one) or ones == []
