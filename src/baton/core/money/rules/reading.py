import re
from decimal import Decimal

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.money.rules.amounts import Money, round_to_coin
from baton.core.money.rules.currencies import SIGNS, check_currency, minor_units

LONGEST = 40  # characters
HIGHEST = Decimal("9999999999999.99")  # 15 digits: what SQLite keeps exactly
NO_AMOUNT = gettext_noop("“%(text)s” is not an amount, like 12,500 or 12,500.50.")
UNITS = {"": 0, "k": 3, "m": 6, "mn": 6, "mio": 6, "bn": 9}

_CURRENCY = rf"[A-Za-z]{{3}}|[{re.escape(''.join(SIGNS))}]"
WRITTEN = re.compile(
    rf"(?P<minus>-)? ?(?P<before>{_CURRENCY})? ?(?P<inner_minus>-)? ?"
    rf"(?P<number>[0-9.,](?:[0-9., ']*[0-9])?) ?(?P<unit>k|mio|mn|m|bn)? ?(?P<after>{_CURRENCY})?",
    re.IGNORECASE | re.ASCII,
)
GROUPED = re.compile(r"[0-9]+|[0-9]{1,3}([,. '])[0-9]{3}(?:\1[0-9]{3})*")
LAKHS = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}")  # 12,34,567 as written in India
# Spaces that are not the space bar, the apostrophes of Switzerland, the minus of typesetters.
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "−": "-", "–": "-"})


class UnreadableAmount(RuleViolation, ValueError):
    """Not an amount of money, or one that could mean two."""


def parse_amount(text: str, *, currency: str) -> Decimal:
    """The amount of ``currency`` that somebody wrote: "12,500.00", "12.500,00", "12 500", "€48k".

    Raises UnreadableAmount, also for what could mean two amounts, and for another currency's sign.
    """
    money = parse_money(text, currency=currency)
    if money.currency != currency:
        raise UnreadableAmount(
            gettext_noop("“%(text)s” is in %(found)s: write the amount in %(wanted)s."),
            text=text.strip(),
            found=money.currency,
            wanted=currency,
        )
    return money.amount


def parse_money(text: str, *, currency: str) -> Money:
    """The same, in the currency that the text names, or else in ``currency``."""
    shown = text.strip()[:LONGEST]
    match = WRITTEN.fullmatch(text.strip().translate(PLAIN)) if len(text) <= LONGEST else None
    if (
        not match
        or (match["before"] and match["after"])
        or (match["minus"] and match["inner_minus"])
    ):
        raise UnreadableAmount(NO_AMOUNT, text=shown)
    named = match["before"] or match["after"]
    currency = _meant(named, currency=currency) if named else currency
    places = minor_units(currency)
    number = _read_number(match["number"], shown=shown, places=places)
    amount = number.scaleb(UNITS[(match["unit"] or "").lower()])
    if amount > HIGHEST:
        raise UnreadableAmount(
            gettext_noop("“%(text)s” is more than %(most)s, the most that can be kept."),
            text=shown,
            most=f"{HIGHEST:,}",
        )
    if amount != round_to_coin(amount, currency=currency):
        raise UnreadableAmount(
            gettext_noop("“%(text)s” has too many decimals: %(currency)s has %(places)s."),
            text=shown,
            currency=currency,
            places=places,
        )
    return Money(-amount if match["minus"] or match["inner_minus"] else amount, currency)


def _meant(named: str, *, currency: str) -> str:
    if named in SIGNS:
        return currency if currency in SIGNS[named] else SIGNS[named][0]
    return check_currency(named)


def _read_number(text: str, *, shown: str, places: int) -> Decimal:
    """Find the decimal sign, if any: the other signs must then cut the rest in thousands."""
    mark = _decimal_mark(text, shown=shown, places=places)
    whole, _, fraction = text.rpartition(mark) if mark else (text, "", "")
    if (whole and not GROUPED.fullmatch(whole) and not LAKHS.fullmatch(whole)) or (
        mark and (not fraction.isdigit() or mark in whole)
    ):
        raise UnreadableAmount(NO_AMOUNT, text=shown)
    return Decimal(f"{re.sub('[^0-9]', '', whole) or 0}.{fraction or 0}")


def _decimal_mark(text: str, *, shown: str, places: int) -> str:
    """The sign before the decimals; "" if there are none.

    Of two kinds the later one is. One comma before three digits groups thousands, as here in
    English; one dot before three digits may be either: a thousandfold error is no guess to make.
    """
    kinds = {char for char in text if char in ",."}
    last = max(text.rfind(","), text.rfind("."))
    if not kinds or (len(kinds) == 1 and text.count(text[last]) > 1):
        return ""
    whole, fraction = text[:last], text[last + 1 :]
    looks_grouped = len(fraction) == 3 and whole.isdigit() and 1 <= len(whole) <= 3
    if not looks_grouped or whole == "0":
        return text[last]
    if text[last] == ",":
        return ""
    if places == 3:
        return "."
    raise UnreadableAmount(
        gettext_noop("“%(text)s” could be %(one)s or %(other)s: write one of these."),
        text=shown,
        one=f"{whole}{fraction}",
        other=f"{whole}.{fraction[:2]}",
    )
