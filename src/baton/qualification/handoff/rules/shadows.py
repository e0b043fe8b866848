"""Which conditions never get their turn: another one takes all of theirs, or they contradict
themselves. What is said here is true; not all that is true is found.

``many``: fields of which a record has several values at once, such as tags.
"""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import Any

Tree = Mapping[str, Any]
Many = Collection[str]
EQUAL = frozenset({"is", "in", "="})
UNEQUAL = frozenset({"is_not", "not_in", "!="})
PART = frozenset({"contains", "starts_with"})
BOUNDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
}
POSITIVE = EQUAL | PART | {*BOUNDS}


def implies(narrow: Tree, wide: Tree, *, many: Many = ()) -> bool:
    """Everybody whom ``narrow`` is about, ``wide`` is about, too."""
    return _implies(_spread(narrow), _spread(wide), many)


def is_impossible(tree: Tree, *, many: Many = ()) -> bool:
    """Nobody at all: what it asks for contradicts itself."""
    return _impossible(_spread(tree), many)


def _spread(tree: Tree) -> Tree:
    """Between two numbers is at least the one and at most the other."""
    for word in ("all", "any"):
        if word in tree:
            return {word: [_spread(part) for part in tree[word]]}
    if "not" in tree:
        return {"not": _spread(tree["not"])}
    values = tree.get("value")
    if tree.get("op") == "between" and isinstance(values, list | tuple) and len(values) == 2:
        field, (low, high) = tree["field"], values
        if _number(low) is not None and _number(high) is not None:
            bounds = ((">=", low), ("<=", high))
            return {"all": [{"field": field, "op": op, "value": value} for op, value in bounds]}
    return tree


def _implies(narrow: Tree, wide: Tree, many: Many) -> bool:
    if narrow == wide:
        return True
    if "any" in narrow:
        return all(_implies(part, wide, many) for part in narrow["any"])
    if "all" in wide:
        return all(_implies(narrow, part, many) for part in wide["all"])
    return (
        any(_implies(narrow, part, many) for part in wide.get("any", ()))
        or any(_implies(part, wide, many) for part in narrow.get("all", ()))
        or _implies_by_words(narrow, wide, many)
    )


def _implies_by_words(narrow: Tree, wide: Tree, many: Many) -> bool:
    if "not" in wide:
        if "not" in narrow:
            return _implies(wide["not"], narrow["not"], many)
        return "field" in narrow and _excludes(narrow, wide["not"], many)
    if "field" in narrow and narrow.get("field") == wide.get("field"):
        return _leaf_implies(narrow, wide, is_many=narrow["field"] in many)
    return False


def _leaf_implies(narrow: Tree, wide: Tree, *, is_many: bool) -> bool:
    does, asked = narrow["op"], wide["op"]
    if asked == "is_set":
        return does in POSITIVE
    if does == "is_empty":
        return asked in UNEQUAL  # what is unknown is equal to nothing
    if does in UNEQUAL:
        return asked in UNEQUAL and _values(wide) <= _values(narrow)
    if does in EQUAL:
        return _equal_implies(narrow, wide, is_many=is_many)
    if does in PART and asked in PART:
        [mine], [theirs] = _values(narrow), _values(wide)
        is_start = asked == "starts_with"
        return mine.startswith(theirs) and does == asked if is_start else theirs in mine
    return does in BOUNDS and _bound_implies(narrow, wide)


def _equal_implies(narrow: Tree, wide: Tree, *, is_many: bool) -> bool:
    asked, mine, theirs = wide["op"], _values(narrow), _values(wide)
    if asked in EQUAL:
        return mine <= theirs
    if is_many:
        return False
    if asked in UNEQUAL:
        return not mine & theirs
    if asked == "contains":
        return all(one in value for value in mine for one in theirs)
    if asked == "starts_with":
        return all(value.startswith(one) for value in mine for one in theirs)
    return asked in BOUNDS and all(_holds(value, wide) for value in _listed(narrow))


def _bound_implies(narrow: Tree, wide: Tree) -> bool:
    does, asked = narrow["op"], wide["op"]
    mine, theirs = _number(narrow.get("value")), _number(wide.get("value"))
    if mine is None or theirs is None:
        return False
    if asked == "!=":
        return not BOUNDS[does](theirs, mine)
    if asked not in BOUNDS or asked[0] != does[0]:
        return False
    is_within = mine <= theirs if does[0] == "<" else mine >= theirs
    return is_within and (mine != theirs or does == asked or asked.endswith("="))


def _excludes(one: Tree, other: Tree, many: Many) -> bool:
    for a, b in ((one, other), (other, one)):
        if "all" in a and any(_excludes(part, b, many) for part in a["all"]):
            return True
        if a.get("any"):
            return all(_excludes(part, b, many) for part in a["any"])
        if "not" in a and _implies(b, a["not"], many):
            return True
    if "field" not in one or one.get("field") != other.get("field"):
        return False
    return any(
        _leaf_excludes(a, b, is_many=one["field"] in many) for a, b in ((one, other), (other, one))
    )


def _leaf_excludes(one: Tree, other: Tree, *, is_many: bool) -> bool:
    does, asked = one["op"], other["op"]
    if asked == "is_empty":
        return does in POSITIVE or does == "is_set"
    if asked in UNEQUAL:
        return does in EQUAL and _values(one) <= _values(other)
    if is_many or does not in EQUAL | {*BOUNDS}:
        return False
    if does in EQUAL:
        if asked in EQUAL:
            return not _values(one) & _values(other)
        return asked in BOUNDS and not any(_holds(value, other) for value in _listed(one))
    return asked in BOUNDS and _are_apart(one, other)


def _are_apart(one: Tree, other: Tree) -> bool:
    """Under the one bound and over the other, which is not lower."""
    upper, lower = (one, other) if one["op"][0] == "<" else (other, one)
    if upper["op"][0] != "<" or lower["op"][0] != ">":
        return False
    high, low = _number(upper.get("value")), _number(lower.get("value"))
    if high is None or low is None:
        return False
    touches = upper["op"].endswith("=") and lower["op"].endswith("=")
    return high < low or (high == low and not touches)


def _impossible(tree: Tree, many: Many) -> bool:
    if tree.get("any"):
        return all(_impossible(part, many) for part in tree["any"])
    parts = tree.get("all", ())
    return any(_impossible(part, many) for part in parts) or any(
        _excludes(one, other, many) for one, other in combinations(parts, 2)
    )


def _listed(leaf: Tree) -> list[Any]:
    """The values of a condition, one or several."""
    value = leaf.get("value")
    return list(value) if isinstance(value, list | tuple) else [value]


def _values(leaf: Tree) -> frozenset[str]:
    """Numbers that are the same are written the same; letters do not differ by case."""
    is_number = leaf["op"] in {"=", "!="}
    return frozenset(_written(value, is_number=is_number) for value in _listed(leaf))


def _written(value: Any, *, is_number: bool) -> str:
    number = _number(value) if is_number else None
    return str(value).lower() if number is None else format(number.normalize(), "f")


def _holds(value: Any, bound: Tree) -> bool:
    number, limit = _number(value), _number(bound.get("value"))
    return number is not None and limit is not None and BOUNDS[bound["op"]](number, limit)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
