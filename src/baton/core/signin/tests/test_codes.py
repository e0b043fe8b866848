"""The appendix of RFC 6238, and what people type."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from baton.core.signin.rules.codes import address_of, cleaned, code_at, in_groups, step_of, written
from baton.core.signin.rules.pictures import picture_of

SECRET = b"12345678901234567890"
AT = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_standard(second, code):
    assert code_at(SECRET, second // 30, digits=8) == code


@pytest.mark.parametrize(
    ("seconds_off", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_phone_may_be_one_step_off(seconds_off, is_taken):
    on_the_phone = int(AT.timestamp() + seconds_off) // 30
    step = step_of(code_at(SECRET, on_the_phone), SECRET, at=AT)

    assert step == (on_the_phone if is_taken else None)


@pytest.mark.parametrize("typed", ["123 456", "123-456", " 123456 ", "123\u00a0456"])
def test_gaps_do_not_matter(typed):
    assert cleaned(typed) == "123456"


def test_letters_are_read_in_capitals_and_other_signs_not_at_all():
    assert cleaned("abcd-2345\u0661") == "ABCD2345"


def test_secret_is_written_as_apps_take_it():
    assert in_groups(written(SECRET)) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


def test_picture_says_whose_code_it_is():
    address = urlsplit(address_of(SECRET, issuer="Fenn & Mark: GmbH", account="ada@fenn.example"))

    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert address.path == "/Fenn%20%26%20Mark%3A%20GmbH:ada@fenn.example"
    assert parse_qs(address.query) == {"secret": [written(SECRET)], "issuer": ["Fenn & Mark: GmbH"]}


def test_picture_is_square_with_white_around_it():
    picture = picture_of(address_of(SECRET, issuer="Fennmark", account="ada@fenn.example"))

    assert picture.size % 4 == 1  # 17 + 4 n modules, and four of white on each side
    assert picture.path.startswith("M4 4h7v1h-7z")
