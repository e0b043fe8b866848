"""How figures and times are written for people. Presentation only; sums are made elsewhere."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zlib import crc32

from django.utils import dateformat, timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.locals import language
from baton.core.money.rules import SIGN_OF, minor_units

NARROW = "\N{NO-BREAK SPACE}"
SYMBOLS = SIGN_OF | {"BRL": "R$"}
HUES = ("blue", "teal", "violet", "amber", "pink", "green")
THOUSAND, MILLION = 1_000, 1_000_000
CENTS_UP_TO = 100  # of averages and on charts
Number = Decimal | float | int


def unknown() -> str:
    """What stands where nobody knows the figure; never 0."""
    return _("unknown")


def grouped(value: Number, *, decimals: int = 0) -> str:
    """12480 as 12,480 (in the way of the reader's language)."""
    return _grouped(value, decimals, language())


@lru_cache(maxsize=4_096, typed=True)
def _grouped(value: Number, decimals: int, _language: Any) -> str:
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def money(amount: Decimal | None, currency: str, *, short: bool = False) -> str:
    """€48,000 on records, €12.5k on cards. Cents only when there are some."""
    if amount is None:
        return unknown()
    shown = _short if short else _long
    figure = shown(abs(amount), minor_units(currency))
    symbol = SYMBOLS.get(currency, f"{currency}{NARROW}" if currency else "")
    return f"{_sign(amount)}{symbol}{figure}"


def rough(amount: Decimal | None, currency: str) -> str:
    """Nobody reads the cents of a large amount."""
    is_large = amount is not None and abs(amount) >= CENTS_UP_TO
    return money(round(amount, 0) if amount is not None and is_large else amount, currency)


def _sign(figure: Decimal) -> str:
    """A minus as wide as a plus, before symbol and figure; none before what is 0 when rounded."""
    return "\N{MINUS SIGN}" if figure < 0 else ""


def _long(amount: Decimal, decimals: int) -> str:
    return grouped(amount, decimals=0 if amount == amount.to_integral_value() else decimals)


def _short(amount: Decimal, decimals: int) -> str:
    for unit, sign in ((MILLION, "M"), (THOUSAND, "k")):
        if amount >= unit:
            figure = round(amount / unit, 2 if unit == MILLION else 1)
            return f"{_trimmed(figure)}{sign}"
    return _long(round(amount, 0) if amount >= CENTS_UP_TO else amount, decimals)


def _trimmed(figure: Decimal) -> str:
    """12.50 as 12.5 and 12.00 as 12."""
    text = f"{figure.normalize():f}"
    return grouped(figure, decimals=len(text.partition(".")[2]))


def percent(rate: Number | None, *, decimals: int = 0) -> str:
    """A fraction as 49 %, with a minus sign below zero; None is unknown."""
    if rate is None:
        return unknown()
    figure = round(Decimal(str(rate)) * 100, decimals)
    return f"{_sign(figure)}{grouped(abs(figure), decimals=decimals)}{NARROW}%"


def duration_words(span: timedelta | None) -> str:
    """12 min, 2 h 31, 3 days: two units at most, rounded down."""
    if span is None:
        return unknown()
    minutes = int(abs(span).total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if hours < 1:
        return _("{minutes} min").format(minutes=minutes)
    if hours < 48:
        return _("{hours} h {minutes:02d}").format(hours=hours, minutes=rest)
    days = hours // 24
    return ngettext("{days} day", "{days} days", days).format(days=days)


def working_words(minutes: int) -> str:
    """What an agreement gives: 4 working hours, 90 working minutes."""
    hours, rest = divmod(minutes, 60)
    if hours and not rest:
        words = ngettext("%(n)s working hour", "%(n)s working hours", hours)
        return words % {"n": grouped(hours)}
    words = ngettext("%(n)s working minute", "%(n)s working minutes", minutes)
    return words % {"n": grouped(minutes)}


def span_words(minutes: int) -> str:
    """The same where it is said already that working time is meant: 4 hours, 90 minutes, 8 h 38."""
    hours, rest = divmod(minutes, 60)
    if hours and not rest:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": grouped(hours)}
    if hours > 1:
        return _("%(hours)s h %(minutes)s") % {"hours": grouped(hours), "minutes": f"{rest:02}"}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": grouped(minutes)}


def day_words(on: date, *, today: date, is_inside: bool = False) -> str:
    """Yesterday, Today, Tomorrow, Fri 28 within a week, 3 Dec within the year, then 3 Dec 2025.
    ``is_inside`` a sentence they are "today", "yesterday", "tomorrow"."""
    return _day_words(on, today, language(), is_inside=is_inside)


@lru_cache(maxsize=2048)
def _day_words(on: date, today: date, _language: Any, *, is_inside: bool) -> str:
    apart = (on - today).days
    if apart in (-1, 0, 1):
        return _near(apart, is_inside=is_inside)
    if abs(apart) < 7:
        return dateformat.format(on, "D j")
    return dateformat.format(on, "j M" if on.year == today.year else "j M Y")


def _near(apart: int, *, is_inside: bool) -> str:
    if is_inside:
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[apart]
    return {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}[apart]


def whole_day(on: date) -> str:
    """Friday 28 November 2026."""
    return _whole_day(on, language())


@lru_cache(maxsize=2048)
def _whole_day(on: date, _language: Any) -> str:
    return dateformat.format(on, "l j F Y")


def moment_words(at: datetime, *, now: datetime, is_inside: bool = False) -> str:
    """Today 08:31; other days without the hour. In the reader's time zone."""
    today = timezone.localtime(now).date()
    return moment_on(timezone.localtime(at), today=today, is_inside=is_inside)


def hour_words(at: datetime, *, now: datetime, is_inside: bool = False) -> str:
    """15:02 today, Fri 28 09:00 on another day. In the reader's time zone."""
    here, today = timezone.localtime(at), timezone.localtime(now).date()
    hour = f"{here:%H:%M}"
    if here.date() == today:
        return hour
    return f"{day_words(here.date(), today=today, is_inside=is_inside)} {hour}"


def moment_on(here: datetime, *, today: date, is_inside: bool = False) -> str:
    """Today 08:31 of a moment and a day that stand in the reader's zone already."""
    words = day_words(here.date(), today=today, is_inside=is_inside)
    return f"{words} {here:%H:%M}" if here.date() == today else words


def initials(name: str) -> str:
    """Jonas Weil: JW; one word: its first letter."""
    parts = [part for part in name.split() if part[0].isalnum()]
    letters = parts[0][0] + parts[-1][0] if len(parts) > 1 else "".join(p[0] for p in parts)
    return letters.upper() or "?"


def hue_of(name: str) -> str:
    """The same name has the same hue everywhere, today and tomorrow."""
    return HUES[crc32(name.encode()) % len(HUES)]
