"""Many pairs at once are judged as each by itself."""

from itertools import combinations

import numpy as np
import pytest

from baton.records.duplicates.rules.columns import Kind
from baton.records.duplicates.rules.comparing import (
    EQUAL,
    MISSING,
    Table,
    compare_digits,
    compare_mails,
    compare_names,
    compare_phones,
    compare_texts,
    compare_whole_names,
)
from baton.records.duplicates.rules.levels import Comparer
from baton.records.duplicates.tests.corrupted import crowd, told

NAMES = ["a", "ann", "anna maria", "ann m", "bill", "william", "lind", "lynd", "lind berg", "berg"]
NUMBERS = ["1", "12", "123", "132", "1234", "1243", "4321", "12354", "4915112345", "12345"]
PLACES = [
    "old mill",
    "mill",
    "old mill road",
    "mill old",
    "oldmill",
    "st",
    "new house 4",
    "house 4",
]
MAILS = ["ann@a.example", "ann@b.example", "an@a.example", "ann1@a.example", "ann2@a.example"]


@pytest.mark.parametrize(
    ("kind", "compare", "more"),
    [
        (Kind.GIVEN, compare_names, NAMES),
        (Kind.NAME, compare_whole_names, [*NAMES, "ann lind", "a lind", "lind ann", "a l"]),
        (Kind.POSTCODE, compare_digits, NUMBERS),
        (Kind.PHONE, compare_phones, [*NUMBERS, "15112345", "5112345"]),
        (Kind.STREET, compare_texts, PLACES),
        (Kind.MAIL, compare_mails, MAILS),
    ],
)
def test_pairs_are_judged_together_as_one_by_one(kind, compare, more):
    said = {
        Kind.GIVEN: "given",
        Kind.NAME: "surname",
        Kind.POSTCODE: "postcode",
        Kind.PHONE: "phone",
        Kind.STREET: "street",
        Kind.MAIL: "mail",
    }
    people = told(crowd(25, seed=3), seed=4, errors=4.0)
    texts = {str(getattr(one, said[kind])).lower().strip() for one in people}
    values = sorted({*more, *texts} - {""})[:120]
    pairs = list(combinations(range(len(values)), 2))
    table = Table(kinds=(kind,), rows=[(value,) for value in values])

    levels = Comparer(table).levels(*np.array(pairs).T)

    assert levels[:, 0].tolist() == [compare(values[one], values[other]) for one, other in pairs]


def test_equal_values_and_missing_ones_are_not_compared():
    table = Table(kinds=(Kind.TEXT,), rows=[("mill",), ("mill",), ("",), ("",)])

    levels = Comparer(table).levels(np.array([0, 0, 2]), np.array([1, 2, 3]))

    assert levels[:, 0].tolist() == [EQUAL, MISSING, MISSING]
