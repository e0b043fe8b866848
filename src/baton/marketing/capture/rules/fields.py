"""The questions of a form and what counts as an answer. Sentences are made where people read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from baton.core.fields.rules import LONGEST_PROSE, OWN
from baton.marketing.capture.rules.cleaning import clean_line, clean_text
from baton.records.people.rules import UnreadableAddress, read_email


class FieldKind(StrEnum):
    """What a field asks for; a name, never renamed, for forms keep it."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"
    CHOICE = "choice"
    TEXTAREA = "textarea"
    CHECKBOX = "checkbox"  # yes or no
    CONSENT = "consent"  # allows the newsletter; the form keeps the wording
    OWN = "own"  # a field that the company made for people; it says what is an answer


class Fills(StrEnum):
    """Which value of the person a text or choice fills when that is empty."""

    NOTHING = ""
    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    JOB_TITLE = "job_title"
    COUNTRY = "country"
    SAID_SOURCE = "said_source"  # "How did you hear about us?"


class Flaw(StrEnum):
    """Why an answer does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NO_EMAIL = "no_email"
    NO_PHONE = "no_phone"
    NO_CHOICE = "no_choice"
    UNREADABLE = "unreadable"


LONGEST = {
    FieldKind.TEXT: 200,
    FieldKind.EMAIL: 254,
    FieldKind.PHONE: 40,
    FieldKind.COMPANY: 200,
    FieldKind.CHOICE: 200,
    FieldKind.TEXTAREA: 5000,
    FieldKind.CHECKBOX: 10,
    FieldKind.CONSENT: 10,
    FieldKind.OWN: LONGEST_PROSE,
}
MOST_FIELDS = 30
MOST_CHOICES = 40
YES = "yes"
_TICKS = frozenset({FieldKind.CHECKBOX, FieldKind.CONSENT})
_LONGEST_FILL = {
    Fills.FIRST_NAME: 120,
    Fills.LAST_NAME: 120,
    Fills.JOB_TITLE: 160,
    Fills.COUNTRY: 120,
}


@dataclass(frozen=True, kw_only=True)
class FormField:
    """One question. ``code`` is its name in the form and in what was sent."""

    code: str
    kind: FieldKind
    label: str
    is_required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()
    fills: Fills = Fills.NOTHING
    own: str = ""  # of an own field its code

    def longest(self) -> int:
        """The most characters that an answer may have."""
        return _LONGEST_FILL.get(self.fills, LONGEST[self.kind])

    def person_field(self) -> str:
        """The field of a person in which the answer is found."""
        known = {FieldKind.EMAIL: "emails", FieldKind.PHONE: "phones"}
        return OWN + self.own if self.own else known.get(self.kind) or self.fills.value

    def plain(self) -> dict[str, Any]:
        """As the form keeps it."""
        return asdict(self) | {"choices": list(self.choices)}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was sent, cleaned and cut to the questions asked; ``flaws`` by field code."""

    values: dict[str, str]
    flaws: dict[str, Flaw]


def read_field(raw: Mapping[str, Any]) -> FormField:
    """A field from how a form keeps it."""
    return FormField(
        code=raw["code"],
        kind=FieldKind(raw["kind"]),
        label=raw["label"],
        is_required=bool(raw.get("is_required")),
        help=raw.get("help", ""),
        choices=tuple(raw.get("choices", ())),
        fills=Fills(raw.get("fills", "")),
        own=raw.get("own", ""),
    )


def read_answers(fields: Sequence[FormField], sent: Mapping[str, str]) -> Answers:
    """Only what was asked for, cleaned; answers nobody gave are left out."""
    values: dict[str, str] = {}
    flaws: dict[str, Flaw] = {}
    for field in fields:
        value = _clean(field, sent.get(field.code, ""))
        if flaw := flaw_of(field, value):
            flaws[field.code] = flaw
        if value:
            values[field.code] = value[: field.longest()]
    return Answers(values=values, flaws=flaws)


def flaw_of(field: FormField, value: str) -> Flaw | None:
    """What is wrong with a cleaned answer; None when nothing is."""
    if not value:
        return Flaw.MISSING if field.is_required else None
    if len(value) > field.longest():
        return Flaw.TOO_LONG
    if field.kind is FieldKind.EMAIL and not is_email(value):
        return Flaw.NO_EMAIL
    if field.kind is FieldKind.PHONE and not is_phone(value):
        return Flaw.NO_PHONE
    if field.kind is FieldKind.CHOICE and value not in field.choices:
        return Flaw.NO_CHOICE
    return None


def is_email(text: str) -> bool:
    """Whether a mail could be sent there; nobody is asked over the network."""
    try:
        read_email(text)
    except UnreadableAddress:
        return False
    return True


def is_phone(text: str) -> bool:
    """Five digits or more, with the signs that people put between them."""
    signs = re.fullmatch(r"\+?[\d\s()./\-]+(?:\s*(?:ext|x|-)\.?\s*\d+)?", text)
    return bool(signs) and sum(sign.isdigit() for sign in text) >= 5


def filled(fields: Sequence[FormField], values: Mapping[str, str]) -> dict[Fills, str]:
    """The person's values among the answers."""
    return {
        field.fills: values[field.code]
        for field in fields
        if field.fills is not Fills.NOTHING and field.code in values
    }


def first_of(fields: Sequence[FormField], kind: FieldKind, values: Mapping[str, str]) -> str:
    """The first answer to a question of this kind; empty when there is none."""
    return next(
        (values[field.code] for field in fields if field.kind is kind and field.code in values), ""
    )


def _clean(field: FormField, text: str) -> str:
    if field.kind in _TICKS:
        return YES if text.strip().lower() in {"on", "yes", "true", "1"} else ""
    return clean_text(text) if field.kind is FieldKind.TEXTAREA else clean_line(text)
