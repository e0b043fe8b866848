"""One address or number more or less; each is an edit of the person."""

from datetime import datetime

from baton.core.access.models import User
from baton.records.people.actions.edits import edit_person
from baton.records.people.actions.lists import clean_list, read_list
from baton.records.people.models import Person


def add_email(
    *, person: Person, address: str, by: User | None, at: datetime, is_primary: bool = False
) -> Person:
    """One more address, or the same one again. Raises EmailTaken and BadAddress."""
    return _edit("emails", person=person, text=address, by=by, at=at, first=is_primary)


def make_email_primary(*, person: Person, address: str, by: User | None, at: datetime) -> Person:
    """The address to write to; added when it is not theirs yet."""
    return _edit("emails", person=person, text=address, by=by, at=at, first=True)


def remove_email(*, person: Person, address: str, by: User | None, at: datetime) -> Person:
    """Without it; the next one becomes the primary one."""
    return _edit("emails", person=person, text=address, by=by, at=at, first=None)


def add_phone(
    *, person: Person, number: str, by: User | None, at: datetime, is_primary: bool = False
) -> Person:
    """One more number, or the same one again."""
    return _edit("phones", person=person, text=number, by=by, at=at, first=is_primary)


def make_phone_primary(*, person: Person, number: str, by: User | None, at: datetime) -> Person:
    """The number to call; added when it is not theirs yet."""
    return _edit("phones", person=person, text=number, by=by, at=at, first=True)


def remove_phone(*, person: Person, number: str, by: User | None, at: datetime) -> Person:
    """Without it; the next one becomes the primary one."""
    return _edit("phones", person=person, text=number, by=by, at=at, first=None)


def _edit(
    name: str, *, person: Person, text: str, by: User | None, at: datetime, first: bool | None
) -> Person:
    """``first``: to the front, to the end (where it is new), or (None) away with it."""
    [clean] = clean_list(name, [text], country=person.country) or [""]
    now = read_list(name, [person.pk])[person.pk]
    others = [entry for entry in now if entry.casefold() != clean.casefold()]
    wanted = [clean, *others] if first else [*now, clean] if first is False else others
    return edit_person(person=person, values={name: wanted}, version=None, by=by, at=at)
