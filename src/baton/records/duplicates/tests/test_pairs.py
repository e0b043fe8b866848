"""Which of our own records may be one: a table of cases, and the queue that they stand in."""

import pytest

from baton.records.duplicates.rules.pairs import (
    ASKED,
    SURE,
    Side,
    compare_companies,
    compare_people,
    keys_of_company,
    keys_of_person,
)

ANN = Side(
    given="Ann",
    surname="Lind",
    name="Ann Lind",
    mails=["ann.lind@halden.com"],
    phones=["+4681234567"],
    company="Halden AB",
    country="Sweden",
)


def like(**over):
    return Side(**{**vars(ANN), "mails": [], "phones": [], "company": "", **over})


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        (like(company="Halden"), ASKED, SURE - 1),
        (like(phones=["08 123 45 67"]), ASKED, SURE - 1),
        (like(phones=["08-1234567"], company="halden ab"), SURE, 100),
        (like(mails=["ann.lind@haldne.com"]), ASKED, SURE - 1),
        (like(given="Lind", surname="Ann", name="Lind Ann", company="Halden"), ASKED, SURE - 1),
        (like(), 0, ASKED - 1),  # a namesake
        (like(mails=["ann.lind@orbis.example"]), 0, ASKED - 1),  # one more: all write it so
        (like(mails=["alind@orbis.example"]), 0, ASKED - 1),
        (like(given="Bo", name="Bo Lind", phones=["+4681234567"], company="Halden"), 0, ASKED - 1),
        (like(given="Bo", surname="Ek", name="Bo Ek", company="Halden"), 0, ASKED - 1),
        (like(given="", surname="", name="ann.lind", phones=["+4681234567"]), ASKED, 100),
    ],
)
def test_two_people_are_asked_about_when_more_than_the_name_is_alike(other, least, most):
    found = compare_people(ANN, other)

    assert least <= found.score <= most, found
    if least:
        assert keys_of_person(ANN) & keys_of_person(other)


HALDEN = Side(name="Halden GmbH", domains=["halden.com"], city="Oslo")


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        (Side(name="HALDEN"), ASKED, SURE - 1),
        (Side(name="Halden AS", domains=["halden.no"]), SURE, 100),
        (Side(name="Haldne GmbH", domains=["halden.com"]), ASKED, SURE - 1),
        (Side(name="Halden", city="Rome"), 0, ASKED - 1),
        (Side(name="Berg", domains=["halden.com"]), 0, ASKED - 1),
    ],
)
def test_two_companies_are_asked_about_by_name_and_domain(other, least, most):
    found = compare_companies(HALDEN, other)

    assert least <= found.score <= most, found
    if least:
        assert keys_of_company(HALDEN) & keys_of_company(other)


def test_a_country_is_no_other_for_the_way_it_is_written():
    assert "other_country" not in compare_people(ANN, like(country="SE")).reasons
    assert "other_country" in compare_people(ANN, like(country="Norge")).reasons


def test_mailbox_that_no_name_makes_tells_who_it_is():
    ann, bo = (like(mails=[f"skipper@{house}.example"]) for house in ("orbis", "halden"))

    assert "same_mailbox" in compare_people(ann, bo).reasons
    assert compare_people(ann, bo).score >= ASKED
    assert (
        "same_mailbox"
        not in compare_people(
            like(mails=["lind.a@orbis.example"]), like(mails=["lind.a@halden.example"])
        ).reasons
    )


def test_mailbox_is_made_of_a_name_however_its_letters_are_written():
    jan = {"given": "Leo", "surname": "Ebert-Krämer", "name": "Leo Ebert-Krämer"}
    boxes = ("leo.ebert-kraemer", "kramer.leo", "l.ebert", "leoebert", "leo.of.orbis")
    sides = [
        [like(**jan, mails=[f"{box}@{at}.example"]) for at in ("orbis", "halden")] for box in boxes
    ]

    told = ["same_mailbox" in compare_people(*two).reasons for two in sides]

    assert told == [False, False, False, False, True]
