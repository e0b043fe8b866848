"""Tables of people nobody has seen before: invented ones, with errors, in several languages."""

from dataclasses import replace
from itertools import pairwise

import pytest

from baton.records.duplicates.rules.evaluating import evaluate
from baton.records.duplicates.rules.matching import find_duplicates
from baton.records.duplicates.rules.reading import Sheet
from baton.records.duplicates.tests.corrupted import GERMAN, WAYS, as_table, crowd, told

ENGLISH = {
    "First Name": "given",
    "LastName": "surname",
    "Address Line 1": "street",
    "House Number": "house",
    "Zip": "postcode",
    "City": "town",
    "DOB": "born",
    "Email": "mail",
    "Phone": "phone",
}
FEW = {"first_name": "given", "last_name": "surname", "email": "mail", "phone": "phone"}
CONTACTS = FEW | {"city": "town"}
TOWNSPEOPLE = CONTACTS | {
    "street": "street",
    "house_number": "house",
    "zip": "postcode",
    "state": "number",
}
COLLEAGUES = FEW | {"company": "street"}
SUBSCRIBERS = dict(
    zip(
        ["Vorname", "Nachname", "Straße", "Hausnr", "PLZ", "Ort", "Telefon"],
        ["given", "surname", "street", "house", "postcode", "town", "phone"],
        strict=True,
    )
)
SHOPS = {"Account Name": "surname", "Billing Street": "street", "Billing Zip": "postcode"}
NO_HEADERS = {
    "a": "given",
    "b": "surname",
    "c": "born",
    "d": "mail",
    "e": "phone",
    "f": "postcode",
}


@pytest.mark.parametrize(
    ("columns", "errors", "precision", "recall"),
    [
        (GERMAN, 2.0, 0.99, 0.98),
        (GERMAN, 4.0, 0.99, 0.97),
        (ENGLISH, 2.0, 0.99, 0.93),
        (FEW, 2.0, 0.92, 0.85),
        (NO_HEADERS, 2.0, 0.98, 0.93),
    ],
    ids=["all told", "many errors", "no number", "four columns", "headers say nothing"],
)
def test_corrupted_people_are_found_and_families_kept_apart(columns, errors, precision, recall):
    headers, rows = as_table(told(crowd(100, seed=11), seed=12, errors=errors), columns)

    figures = evaluate(Sheet(headers=headers, rows=rows), entity="entity")

    assert figures.precision >= precision, figures
    assert figures.recall >= recall, figures


def test_families_with_one_mailbox_are_kept_apart():
    people = crowd(150, seed=21)
    for one, other in pairwise(people):
        if one.phone == other.phone:
            other.mail = one.mail
    headers, rows = as_table(told(people, seed=22), CONTACTS)

    figures = evaluate(Sheet(headers=headers, rows=rows), entity="entity")

    assert figures.precision >= 0.9, figures
    assert figures.recall >= 0.9, figures


def test_neighbours_and_families_are_not_one_person():
    """Everybody is told once; families share a home, and all of a town its postcode and state."""
    people, towns = crowd(400, seed=41), [way + town for way in WAYS for town in ("dorf", "bach")]
    for at, one in enumerate(people):
        kin = people[at - 1]
        one.phone = f"+49 {at:03} {at * 7919:07}"
        at_home = (one.street, one.house) == (kin.street, kin.house)
        one.town = kin.town if at_home else towns[sum(map(ord, one.mail)) % 16]
        one.postcode, one.number = f"{10_000 + towns.index(one.town) * 77}", one.town[:4]
    headers, rows = as_table(people, TOWNSPEOPLE)

    found = find_duplicates(headers[1:], [row[1:] for row in rows])

    assert found.groups == []


def test_whoever_changed_the_firm_is_found_by_what_goes_along():
    """Mailbox and firm are others at once, and half of them are told without a surname."""
    people = list({(one.given, one.surname): one for one in crowd(500, seed=61)}.values())
    for at, one in enumerate(people):
        one.phone = f"+49 {at * 31:03} {at * 7919:07}"
        one.street = WAYS[at % len(WAYS)]
        one.mail = f"{one.given}.{one.surname}@{one.street}.example"
    left = [replace(one) for one in people[:60]]
    for at, one in enumerate(left):
        one.street = WAYS[at // 2 % len(WAYS)] + " Traders"
        one.mail = f"{one.surname}@{one.street[:4]}traders.example"
        one.surname = one.surname if at % 2 else ""
    headers, rows = as_table([*people, *left], COLLEAGUES)

    figures = evaluate(Sheet(headers=headers, rows=rows), entity="entity")

    assert figures.precision >= 0.97, figures
    assert figures.recall >= 0.97, figures


def test_rows_that_say_too_little_of_each_other_do_not_part_a_person():
    """Each is told with a third of the cells, and by the other two rows they are one."""
    people = crowd(200, seed=71)
    parts = [[replace(one) for one in people[:80]] for _ in range(2)]
    for names, numbers in zip(*parts, strict=True):
        names.phone = names.postcode = names.born = names.number = names.house = ""
        numbers.given = numbers.surname = numbers.street = numbers.mail = numbers.town = ""
    headers, rows = as_table([*people, *parts[0], *parts[1]], GERMAN)

    figures = evaluate(Sheet(headers=headers, rows=rows), entity="entity")

    assert figures.precision >= 0.99, figures
    assert figures.recall >= 0.97, figures


def test_whoever_moved_is_found_by_what_goes_along():
    people = crowd(300, seed=51)
    moved = [replace(one) for one in people[:60]]
    for one, there in zip(moved, reversed(people), strict=False):
        one.street, one.house, one.postcode, one.town = (
            there.street,
            there.house,
            there.postcode,
            there.town,
        )
    headers, rows = as_table([*people, *people[60:160], *moved], SUBSCRIBERS)

    figures = evaluate(Sheet(headers=headers, rows=rows), entity="entity")

    assert figures.precision >= 0.93, figures
    assert figures.recall >= 0.98, figures


def test_of_shops_one_address_and_name_are_one_shop():
    shops = list({one.phone: one for one in crowd(150, seed=31)}.values())
    headers, rows = as_table(told(shops, seed=32, errors=1.0), SHOPS)

    figures = evaluate(Sheet(headers=headers, rows=rows), entity="entity")

    assert figures.precision >= 0.97, figures
    assert figures.recall >= 0.8, figures


def test_table_of_people_who_are_all_different_has_no_pairs():
    headers, rows = as_table(crowd(120, seed=5), GERMAN)

    found = find_duplicates(headers[1:], [row[1:] for row in rows])

    assert found.groups == []


@pytest.mark.parametrize("rows", [[], [["Ann", "x@y.example"]], [["", ""], ["", ""]]])
def test_table_of_nobody_or_one_has_no_pairs(rows):
    assert find_duplicates(["name", "mail"], rows).groups == []
