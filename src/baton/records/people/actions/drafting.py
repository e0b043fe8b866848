"""What new people are made of, read column by column: of thousands each country, title or channel
is looked at once. Nothing is written here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Required, TypedDict

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.columns import Column, Same, spread
from baton.core.errors import RuleViolation
from baton.records.people.actions.lists import read_emails, read_phones
from baton.records.people.actions.postal import clean_addresses
from baton.records.people.actions.profile import as_kept
from baton.records.people.actions.refusals import NoName, refuse_too_long
from baton.records.people.actions.tags import clean_tags
from baton.records.people.models import Company, Person
from baton.records.people.rules import MadeName, MailAddress, Origin, ReadPhone, make_name, tidy

PROFILE = ("seniority", "buying_role", "linkedin", "x", "website")
SOURCE = ("channel", "campaign", "landing_page")
COLUMNS = ("job_title", *PROFILE, "language", "zone", "country", *SOURCE)
LONGEST_SAID = 250


class ReadPerson(NamedTuple):
    """What of somebody new is read for itself, whoever else comes."""

    mails: list[MailAddress]
    phones: list[ReadPhone]
    name: MadeName
    tags: list[str]
    addresses: list[dict[str, str]]


class NewPerson(TypedDict, total=False):
    """All that may be known of somebody new; ``at`` is when they became known."""

    at: Required[datetime]
    origin: Required[str]  # rules.Origin
    full_name: str
    first_name: str
    last_name: str
    emails: Iterable[str]  # the primary one first
    phones: Iterable[str]
    tags: Iterable[str]
    company: Company | None
    owner: User | None
    job_title: str
    seniority: str
    buying_role: str
    linkedin: str
    x: str
    website: str
    addresses: Iterable[Mapping[str, Any]]
    language: str
    zone: str
    country: str
    channel: str
    campaign: str
    landing_page: str
    said_source: str
    external_ids: Mapping[str, str] | None  # source -> id
    custom: Mapping[str, Any] | None
    shown: Mapping[str, Any]  # by the modules that own the truth
    read: ReadPerson | None  # of all this, where that was done ahead


@dataclass(frozen=True)
class Drafts:
    """People who could be written. ``columns`` are those of their table but for links and own
    fields; the lists have one entry for each."""

    new: Sequence[NewPerson]
    mails: list[list[MailAddress]]
    phones: list[list[ReadPhone]]
    columns: Mapping[str, Column]
    tags: list[list[str]]
    addresses: list[list[dict[str, str]]]

    def values(self, name: str) -> Sequence[Any]:
        """One of the columns, by person."""
        return spread(self.columns[name], len(self.new))


def draft(new: Sequence[NewPerson]) -> Drafts:
    """Raises the refusal of the first of them that cannot come in: BadAddress, NoName, TooLong."""
    try:
        return _draft(new)
    except RuleViolation:
        for one in new if len(new) > 1 else ():
            _draft([one])
        raise


def _draft(new: Sequence[NewPerson]) -> Drafts:
    read = [one.get("read") or read_person(one) for one in new]
    names = [one.name for one in read]
    shown = [
        some.name.full or _stand_in(one, some.phones) for one, some in zip(new, read, strict=True)
    ]
    said = {name for one in new for name in one}
    columns: dict[str, Column] = {
        name: _texts(new, name, _kept(name)) if name in said else Same("") for name in COLUMNS
    }
    columns["first_name"] = [name.first for name in names]
    columns["last_name"] = [name.last for name in names]
    columns["full_name"] = shown
    columns["sort_key"] = [
        name.sort_key or text.casefold() for name, text in zip(names, shown, strict=True)
    ]
    columns["origin"] = _texts(new, "origin", lambda text: Origin(text).value)
    columns["said_source"] = _texts(new, "said_source", lambda text: tidy(text)[:LONGEST_SAID])
    for name, column in columns.items():
        longest = column.value if isinstance(column, Same) else max(column, key=len)
        refuse_too_long(Person, {name: longest})
    mails, phones = [one.mails for one in read], [one.phones for one in read]
    tags, places = [one.tags for one in read], [one.addresses for one in read]
    return Drafts(new, mails, phones, columns, tags, places)


def read_person(one: NewPerson) -> ReadPerson:
    """Asks no database. Raises BadAddress or TooLong."""
    mails = read_emails(given) if (given := one.get("emails")) else []
    tags = clean_tags(names) if (names := one.get("tags")) else []
    places = clean_addresses(some) if (some := one.get("addresses")) else []
    return ReadPerson(mails, _phones(one), _named(one, mails), tags, places)


def _texts(new: Sequence[NewPerson], name: str, clean: Callable[[str], str]) -> Column:
    """A column of texts, of which each is made clean once."""
    said: list[Any] = [one.get(name) or "" for one in new]
    if not any(said):
        return Same("")
    kept = {text: clean(str(text)) if text else "" for text in dict.fromkeys(said)}
    if len(kept) == 1:
        return Same(kept[said[0]])
    return [kept[text] for text in said]


def _kept(name: str) -> Callable[[str], str]:
    def clean(text: str) -> str:
        values = {name: tidy(text)}
        return str((values | as_kept(Person, values))[name])

    return clean


def _phones(one: NewPerson) -> list[ReadPhone]:
    given = one.get("phones")
    return read_phones(given, country=one.get("country", "")) if given else []


def _named(one: NewPerson, mails: Sequence[MailAddress]) -> MadeName:
    return make_name(
        first=one.get("first_name", ""),
        last=one.get("last_name", ""),
        full=one.get("full_name", ""),
        email=mails[0].shown if mails else "",
    )


def _stand_in(new: NewPerson, phones: Collection[ReadPhone]) -> str:
    """What to call somebody of whom only a number, or another system's id, is known."""
    external = next(iter((new.get("external_ids") or {}).values()), "")
    shown = next((phone.shown for phone in phones), external[:12])
    if not shown:
        raise NoName(_("Give a name, a mail address or a phone number."))
    return shown
