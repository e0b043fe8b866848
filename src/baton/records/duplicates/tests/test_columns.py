import numpy as np
import pytest

from baton.records.duplicates.rules.cleaning import (
    clean_firm,
    clean_mail,
    clean_name,
    clean_phone,
    clean_street,
    date_cleaner,
    sound,
)
from baton.records.duplicates.rules.columns import (
    Kind,
    are_people,
    recognise,
    recognise_all,
    split_names,
)
from baton.records.duplicates.rules.comparing import (
    CLOSE,
    DIFFERENT,
    EQUAL,
    MISSING,
    SOMEHOW,
    Table,
    compare_digits,
    compare_mails,
    compare_names,
    compare_texts,
    compare_whole_names,
)
from baton.records.duplicates.rules.levels import Comparer


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("given_name", ["Ann", "Bo"], Kind.GIVEN),
        ("Vorname", ["Ann", "Bo"], Kind.GIVEN),
        ("Prénom", ["Ann", "Bo"], Kind.GIVEN),
        ("LastName", ["Lind", "Berg"], Kind.SURNAME),
        ("apellidos", ["Lind", "Berg"], Kind.SURNAME),
        ("street number", ["1", "2"], Kind.HOUSE),
        ("Hausnr.", ["1", "2"], Kind.HOUSE),
        ("Straße", ["Ring 1", "Ring 2"], Kind.STREET),
        ("suburb", ["Oslo", "Lund"], Kind.PLACE),
        ("PLZ", ["10115", "10117"], Kind.POSTCODE),
        ("soc_sec_id", ["1234567", "7654321"], Kind.ID),
        ("Date de naissance", ["1.2.1990", "3.4.1991"], Kind.BIRTH),
        ("Nome completo", ["Ann Lind", "Bo Berg"], Kind.NAME),
        ("Nome", ["Ann", "Bo"], Kind.GIVEN),
        ("Imię i nazwisko", ["Ann Lind", "Bo Berg"], Kind.NAME),
        ("姓", ["佐藤", "鈴木"], Kind.SURNAME),
        ("名", ["学", "浩"], Kind.GIVEN),
        ("住所", ["港区1", "北区2"], Kind.STREET),
        ("生年月日", ["1960/05/24", "1976/07/10"], Kind.BIRTH),
        ("電話番号", ["03 1234 567", "03 1234 568"], Kind.PHONE),
        ("メールアドレス", ["a@b.example", "c@d.example"], Kind.MAIL),
        ("姓名", ["王伟", "李娜"], Kind.NAME),
        ("Фамилия", ["Иванова", "Петров"], Kind.SURNAME),
        ("Дата рождения", ["1.2.1990", "3.4.1991"], Kind.BIRTH),
        ("Company Name", ["Halden", "Berg"], Kind.COMPANY),
        ("x", ["a@b.example", "c@d.example"], Kind.MAIL),
        ("x", ["1990-02-01", "1991-04-03"], Kind.BIRTH),
        ("x", ["+46 8 123 456", "+46 8 123 457"], Kind.PHONE),
        ("x", ["1234567", "7654321", "1234567"], Kind.CODE),
        ("x", ["1234567", "7654321"], None),
        ("Job title", ["Buyer", "Founder"], Kind.TEXT),
        ("Create Date", ["2024-01-02", "2024-03-04"], None),
        ("Contact owner", ["Ines", "Mara"], None),
        ("x", ["12 Ring road", "14 Ring road"], Kind.STREET),
        ("x", ["Ann", "Bo"], Kind.TEXT),
        ("rec_id", ["1", "2"], None),
        ("x", ["same", "same"], None),
        ("x", ["", "n/a"], None),
    ],
)
def test_column_is_recognised_by_header_or_contents(header, values, kind):
    assert recognise(header, values) == kind


@pytest.mark.parametrize(
    ("clean", "text", "expected"),
    [
        (clean_name, "Dr. Zoë  O’Hara-Ström", "zoe ohara strom"),
        (clean_name, "N/A", ""),
        (clean_street, "Ring Road North", "ring rd n"),
        (clean_firm, "Halden & Söhne GmbH", "halden sohne"),
        (clean_phone, "+49 (0)30 123456", "030123456"),
        (clean_mail, "A.B+news@GMail.com", "ab@gmail.com"),
        (clean_mail, "no address", ""),
    ],
)
def test_values_are_cleaned(clean, text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["31.12.1990", "1.2.1991"], ["19901231", "19910201"]),
        (["12/31/1990", "02/01/1991"], ["19901231", "19910201"]),
        (["19901231", "19910201"], ["19901231", "19910201"]),
        (["31 Dec 1990", "Feb 1, 1991"], ["19901231", "19910201"]),
    ],
)
def test_days_are_read_in_the_order_of_their_column(texts, days):
    read = date_cleaner(texts)

    assert [read(text) for text in texts] == days


def test_names_that_sound_alike_have_one_sound():
    assert sound("schmidt") == sound("schmitt") == sound("shmid")
    assert sound("philipp") == sound("filip")


@pytest.mark.parametrize(
    ("compare", "one", "other", "level"),
    [
        (compare_names, "robert", "bob", CLOSE),
        (compare_names, "sasha", "alexandra", CLOSE),
        (compare_names, "lee b", "lee", CLOSE),
        (compare_names, "lee b", "lee k", SOMEHOW),
        (compare_names, "anna", "anan", CLOSE),
        (compare_names, "anna", "a", SOMEHOW),
        (compare_names, "anna", "peter", DIFFERENT),
        (compare_digits, "19901231", "19901213", CLOSE),
        (compare_digits, "19901231", "19311290", SOMEHOW),
        (compare_digits, "12", "13", DIFFERENT),
        (compare_whole_names, "bill marsh", "william marsh", CLOSE),
        (compare_whole_names, "j vargas", "jennifer vargas", SOMEHOW),
        (compare_whole_names, "vargas j", "jennifer vargas", SOMEHOW),
        (compare_whole_names, "m vargas", "jennifer vargas", DIFFERENT),
        (compare_whole_names, "j v", "jane voss", DIFFERENT),
        (compare_mails, "ann.lind@one.example", "ann.lnid@one.example", CLOSE),
        (compare_mails, "a.lind16@one.example", "a.lind76@two.example", DIFFERENT),
        (compare_texts, "ring rd", "rd ring", CLOSE),
        (compare_texts, "ring rd", "lake st", DIFFERENT),
    ],
)
def test_values_are_compared_in_levels(compare, one, other, level):
    assert compare(one, other) == level


def test_swapped_names_are_close_and_missing_ones_say_nothing():
    table = Table(
        kinds=(Kind.GIVEN, Kind.SURNAME, Kind.ID),
        rows=[("anna", "lind", "1234567"), ("lind", "anna", ""), ("anna", "lind", "1234567")],
    )
    levels = Comparer(table).levels(np.array([0, 0]), np.array([1, 2])).tolist()

    assert levels == [[CLOSE, CLOSE, MISSING], [EQUAL, EQUAL, EQUAL]]


def test_name_beside_a_given_name_is_the_surname():
    columns = [["Ann", "Bo"], ["Lind", "Berg"]]

    assert recognise_all(["Vorname", "Name"], columns) == [Kind.GIVEN, Kind.SURNAME]
    assert recognise_all(["Name", "Surname"], columns) == [Kind.GIVEN, Kind.SURNAME]


def test_whole_names_are_parted_and_names_of_shops_are_not():
    assert split_names(["Ann B. Lind", "Lind, Ann", "Lind"]) == (
        ["ann b", "Ann", ""],
        ["lind", "Lind", "lind"],
    )
    assert are_people(["Ann Lind", "Ann Berg", "Bo Lind", "Bo Ek"])
    assert not are_people(["Blue Door", "Green Corner", "Old Mill", "Red Lion"])


def test_mailbox_that_anybody_of_the_name_has_says_nothing_at_another_house():
    table = Table(
        kinds=(Kind.GIVEN, Kind.SURNAME, Kind.MAIL),
        rows=[
            ("ann", "lind", "ann.lind@one.example"),
            ("ann", "lind", "ann.lind@two.example"),
            ("ann", "lind", "ann81@one.example"),
            ("ann", "lind", "ann81@two.example"),
        ],
    )

    levels = Comparer(table).levels(np.array([0, 2]), np.array([1, 3]))

    assert levels[:, 2].tolist() == [MISSING, SOMEHOW]


def test_mailboxes_made_of_two_names_are_no_slip_of_one():
    table = Table(
        kinds=(Kind.GIVEN, Kind.SURNAME, Kind.MAIL),
        rows=[
            ("ann", "lind", "alind@one.example"),
            ("clara", "lind", "clind@one.example"),
            ("ann", "lind", "alimd@one.example"),
        ],
    )

    levels = Comparer(table).levels(np.array([0, 0]), np.array([1, 2]))

    assert levels[:, 2].tolist() == [MISSING, CLOSE]
