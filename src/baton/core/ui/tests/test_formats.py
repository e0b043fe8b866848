from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from baton.core.money.rules import minor_units, parse_amount
from baton.core.ui import formats
from baton.core.ui.templatetags.ui_tags import foldable

NOW = datetime(2026, 11, 26, 10, 49, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("amount", "currency", "long", "short"),
    [
        (Decimal("48000"), "EUR", "€48,000", "€48k"),
        (Decimal("12500"), "EUR", "€12,500", "€12.5k"),
        (Decimal("999"), "USD", "$999", "$999"),
        (Decimal("1234.5"), "GBP", "£1,234.50", "£1.2k"),
        (Decimal("3310000"), "EUR", "€3,310,000", "€3.31M"),
        (Decimal("-3270"), "EUR", "−€3,270", "−€3.3k"),
        (Decimal("0"), "CHF", "CHF\xa00", "CHF\xa00"),
        (Decimal("40000000"), "EUR", "€40,000,000", "€40M"),
        (Decimal("7"), "", "7", "7"),
        (Decimal("1.5"), "KWD", "KWD\xa01.500", "KWD\xa01.500"),
        (Decimal("1200"), "ILS", "₪1,200", "₪1.2k"),
        (None, "EUR", "unknown", "unknown"),
    ],
)
def test_money_is_long_on_records_and_short_on_cards(amount, currency, long, short):
    assert formats.money(amount, currency) == long
    assert formats.money(amount, currency, short=True) == short


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from(["EUR", "JPY", "KWD", "CHF", "USD", "GBP", "INR"]),
)
def test_money_that_is_shown_can_be_read_again(coins, currency):
    amount = Decimal(coins).scaleb(-minor_units(currency))

    assert parse_amount(formats.money(amount, currency), currency=currency) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [("27.94", "€27.94"), ("727.70", "€728"), ("-1397.05", "\N{MINUS SIGN}€1,397")],
)
def test_averages_are_whole_from_a_hundred_on(amount, words):
    assert formats.rough(Decimal(amount), "EUR") == words


def test_money_follows_the_language():
    with override("de"):
        assert formats.money(Decimal("12500.50"), "EUR") == "€12.500,50"


@pytest.mark.parametrize(
    ("rate", "decimals", "words"),
    [
        (0.49, 0, "49\xa0%"),
        (Decimal("0.9237"), 1, "92.4\xa0%"),
        (4.41, 0, "441\xa0%"),
        (-0.125, 1, "\N{MINUS SIGN}12.5\xa0%"),
        (-0.001, 0, "0\xa0%"),
        (0, 0, "0\xa0%"),
        (None, 0, "unknown"),
    ],
)
def test_percent_never_makes_zero_of_unknown(rate, decimals, words):
    assert formats.percent(rate, decimals=decimals) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=12, seconds=59), "12 min"),
        (timedelta(hours=2, minutes=31), "2 h 31"),
        (timedelta(hours=1, minutes=5), "1 h 05"),
        (timedelta(hours=47, minutes=59), "47 h 59"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=-3), "3 days"),
        (None, "unknown"),
    ],
)
def test_duration_says_two_units_at_most(span, words):
    assert formats.duration_words(span) == words


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 11, 25), "Yesterday"),
        (date(2026, 11, 26), "Today"),
        (date(2026, 11, 27), "Tomorrow"),
        (date(2026, 11, 28), "Sat 28"),
        (date(2026, 11, 20), "Fri 20"),
        (date(2026, 12, 3), "3 Dec"),
        (date(2026, 11, 19), "19 Nov"),
        (date(2025, 12, 3), "3 Dec 2025"),
    ],
)
def test_day_is_said_as_people_say_it(on, words):
    assert formats.day_words(on, today=NOW.date()) == words


@pytest.mark.parametrize(
    ("minutes", "working", "span"),
    [
        (1, "1 working minute", "1 minute"),
        (45, "45 working minutes", "45 minutes"),
        (60, "1 working hour", "1 hour"),
        (90, "90 working minutes", "90 minutes"),
        (480, "8 working hours", "8 hours"),
        (518, "518 working minutes", "8 h 38"),
    ],
)
def test_what_is_promised_is_told_in_hours_where_they_are_whole(minutes, working, span):
    assert (formats.working_words(minutes), formats.span_words(minutes)) == (working, span)


def test_moment_of_today_has_its_hour_in_the_readers_zone():
    with timezone.override("Europe/Berlin"):
        today = formats.moment_words(datetime(2026, 11, 26, 7, 31, tzinfo=UTC), now=NOW)
        midnight = formats.moment_words(datetime(2026, 11, 25, 23, 30, tzinfo=UTC), now=NOW)

    assert (today, midnight) == ("Today 08:31", "Today 00:30")


@pytest.mark.parametrize(
    ("at", "moment", "hour"),
    [
        (datetime(2026, 11, 26, 7, 31, tzinfo=UTC), "today 07:31", "07:31"),
        (datetime(2026, 11, 25, 7, 31, tzinfo=UTC), "yesterday", "yesterday 07:31"),
        (datetime(2026, 11, 27, 7, 31, tzinfo=UTC), "tomorrow", "tomorrow 07:31"),
        (datetime(2026, 11, 28, 7, 31, tzinfo=UTC), "Sat 28", "Sat 28 07:31"),
    ],
)
def test_moment_inside_a_sentence_begins_small(at, moment, hour):
    with timezone.override("UTC"):
        words = [
            formats.moment_words(at, now=NOW, is_inside=True),
            formats.hour_words(at, now=NOW, is_inside=True),
        ]

    assert words == [moment, hour]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Jonas Weil", "JW"),
        ("Maria del Carmen Ruiz", "MR"),
        ("Cher", "C"),
        ("élodie", "É"),
        ("", "?"),
        ("(unknown) Smith", "S"),
        ("  ", "?"),
    ],
)
def test_initials_of_all_kinds_of_names(name, letters):
    assert formats.initials(name) == letters


def test_hue_of_a_name_stays():
    assert formats.hue_of("Jonas Weil") == formats.hue_of("Jonas Weil")
    assert {formats.hue_of(f"Person {n}") for n in range(100)} == set(formats.HUES)


def test_address_breaks_before_its_at_and_stays_text():
    assert foldable("<ann>@halden.example") == "&lt;ann&gt;<wbr>@halden.example"
