"""Trees that ask about a subject, of any shape and with any of its fields."""

from typing import Any

from hypothesis import strategies as st

from baton.core.filters import OPERATORS
from baton.core.filters.fields import key_of
from baton.core.filters.operators import WITH_DAY_COUNT, WITH_LIST, WITH_PAIR, WITHOUT_VALUE
from baton.core.filters.parsing import MOST_LEVELS
from baton.core.filters.tests.subjects import Subject
from baton.core.offers import FieldKind

Tree = dict[str, Any]


@st.composite
def conditions(draw: st.DrawFn, *, subject: Subject) -> Tree:
    asked_field = draw(st.sampled_from(subject.fields))
    op = draw(st.sampled_from(OPERATORS[asked_field.kind]))
    one = st.sampled_from(subject.asked[asked_field.kind])
    tree: Tree = {"field": key_of(asked_field), "op": str(op)}
    if op in WITHOUT_VALUE:
        return tree
    if op in WITH_DAY_COUNT:
        return {**tree, "value": draw(st.integers(1, 40))}
    if op in WITH_LIST:
        return {**tree, "value": draw(st.lists(one, min_size=1, max_size=5))}
    if op in WITH_PAIR:
        return {**tree, "value": sorted([draw(one), draw(one)], key=_order(asked_field.kind))}
    return {**tree, "value": draw(one)}


def _order(kind: FieldKind) -> Any:
    return float if kind is FieldKind.NUMBER else str


def trees(subject: Subject) -> st.SearchStrategy[Tree]:
    return st.recursive(
        conditions(subject=subject),
        lambda parts: st.one_of(
            st.builds(lambda part: {"not": part}, parts),
            st.builds(lambda inner: {"all": inner}, st.lists(parts, min_size=1, max_size=3)),
            st.builds(lambda inner: {"any": inner}, st.lists(parts, min_size=1, max_size=3)),
        ),
        max_leaves=6,
    ).filter(lambda tree: _levels(tree) <= MOST_LEVELS)


def _levels(tree: Tree) -> int:
    inner = [part for word in ("all", "any") for part in tree.get(word, [])]
    inner += [tree["not"]] if "not" in tree else []
    return 1 + max(map(_levels, inner)) if inner else 0
