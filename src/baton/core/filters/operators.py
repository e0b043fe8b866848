"""Which comparisons a kind of field offers, and how many values each takes."""

from collections.abc import Mapping

from baton.core.filters.nodes import WINDOWS, Op
from baton.core.offers import FieldKind

OPERATORS: Mapping[FieldKind, tuple[Op, ...]] = {
    FieldKind.TEXT: (
        *(Op.IS, Op.IS_NOT, Op.CONTAINS, Op.STARTS_WITH, Op.IN),
        *(Op.IS_EMPTY, Op.IS_SET),
    ),
    FieldKind.NUMBER: (
        *(Op.EQUAL, Op.NOT_EQUAL, Op.UNDER, Op.AT_MOST, Op.OVER, Op.AT_LEAST, Op.BETWEEN),
        *(Op.IS_EMPTY, Op.IS_SET),
    ),
    FieldKind.DATE: (
        *(Op.ON, Op.BEFORE, Op.AFTER, Op.BETWEEN),
        *(Op.IN_LAST_DAYS, Op.IN_NEXT_DAYS, Op.MORE_THAN_DAYS_AGO),
        *(Op.IS_EMPTY, Op.IS_SET),
    ),
    FieldKind.CHOICE: (Op.IS, Op.IS_NOT, Op.IN, Op.NOT_IN, Op.IS_EMPTY, Op.IS_SET),
    FieldKind.RELATION: (Op.IS, Op.IS_NOT, Op.IN, Op.NOT_IN, Op.IS_EMPTY, Op.IS_SET),
    FieldKind.BOOLEAN: (Op.IS,),
    FieldKind.SET: (Op.IN, Op.NOT_IN, Op.IS_EMPTY, Op.IS_SET),
}

WITHOUT_VALUE = frozenset({Op.IS_EMPTY, Op.IS_SET})
WITH_LIST = frozenset({Op.IN, Op.NOT_IN})
WITH_PAIR = frozenset({Op.BETWEEN})
WITH_DAY_COUNT = WINDOWS

# Each is true exactly where the other is not: only the right-hand one is ever compared.
OPPOSITES: Mapping[Op, Op] = {
    Op.IS_NOT: Op.IS,
    Op.NOT_IN: Op.IN,
    Op.NOT_EQUAL: Op.EQUAL,
    Op.IS_SET: Op.IS_EMPTY,
}
