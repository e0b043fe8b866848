"""Values that are kept in one way of writing, however they were typed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from baton.records.people.actions.refusals import BadCurrency
from baton.records.people.models import Company, Person
from baton.records.people.rules import (
    BuyingRole,
    NoSuchChoice,
    Seniority,
    UnreadableLink,
    read_choice,
    read_country,
    read_linkedin,
    read_phone,
    read_website,
    read_x,
    tidy,
)

Reader = Callable[[str], str]
LINES = frozenset({"street"})  # what keeps its lines


def _street(text: str) -> str:
    return "\n".join(filter(None, (tidy(line) for line in text.splitlines())))


def _currency(text: str) -> str:
    code = text.strip().upper()
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise BadCurrency(_("“%(code)s” is no currency. Write it like EUR.") % {"code": code[:10]})
    return code


READERS: dict[type[Person | Company], dict[str, Reader]] = {
    Person: {
        "seniority": lambda text: read_choice(text, Seniority),
        "buying_role": lambda text: read_choice(text, BuyingRole),
        "linkedin": lambda text: read_linkedin(text, kind="person"),
        "x": read_x,
        "website": read_website,
        "country": read_country,
    },
    Company: {
        "linkedin": lambda text: read_linkedin(text, kind="company"),
        "x": read_x,
        "website": read_website,
        "street": _street,
        "country": read_country,
        "revenue_currency": _currency,
    },
}


def as_kept(kind: type[Person | Company], values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that have one way of writing, in it.

    Raises UnreadableLink, NoSuchChoice and BadCurrency.
    """
    readers = READERS[kind]
    texts = {name: text for name, text in values.items() if name in readers}
    return {name: _read(name, text, readers[name]) for name, text in texts.items()}


def _read(name: str, text: str, reader: Reader) -> str:
    try:
        return reader(text if name in LINES else tidy(text))
    except (UnreadableLink, NoSuchChoice) as no:
        no.field = name
        raise


def phone_as_kept(text: str, *, country: str) -> dict[str, str]:
    """A company's number, as shown and as compared."""
    phone = read_phone(text, country=country)
    return {"phone": phone.shown, "phone_e164": phone.e164}
