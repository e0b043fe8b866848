"""Several addresses, numbers or names in one cell, however it is filled."""

import time

import pytest

from baton.records.people.rules import is_several, split_emails, split_phones

MUCH = 8_000  # a cell of a file may hold four times as many


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("085550137 ;  085550138", ["085550137", "085550138"]),
        ("085550137\n085550138", ["085550137", "085550138"]),
        ("085550137  and\t085550138 ", ["085550137", "085550138"]),
        ("085550137 , 085550138", ["085550137", "085550138"]),
        ("085550137,  ext 12", ["085550137,  ext 12"]),
        ("0855 / 50137", ["0855 / 50137"]),
    ],
)
def test_numbers_are_parted_by_signs_and_words(text, numbers):
    assert [*split_phones(text)] == numbers


@pytest.mark.parametrize(
    "ask",
    [
        lambda: split_phones("085550137" + " " * MUCH + "085550138"),
        lambda: split_phones("085550137" + " ," * MUCH + "085550138"),
        lambda: is_several("Anna" + " " * MUCH + "Berg", mails=1),
        lambda: split_emails("<" + "a@" * MUCH),
    ],
)
def test_no_cell_keeps_an_import_busy(ask):
    """A run of spaces that is tried from each of its places takes seconds here, minutes there."""
    began = time.process_time()

    ask()

    assert time.process_time() - began < 0.3
