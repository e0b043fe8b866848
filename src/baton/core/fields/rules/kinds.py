"""The kinds of field, and what is chosen of."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MOST_OPTIONS = 200
LONGEST_CODE, LONGEST_OPTION = 60, 120
OWN = "custom."  # before a field's code, where other fields are named, too


class Kind(StrEnum):
    """A name, never renamed: definitions keep it."""

    TEXT = "text"
    LONG = "long_text"
    NUMBER = "number"
    MONEY = "money"  # in the company's currency
    DATE = "date"
    MOMENT = "moment"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"  # several of them
    LINK = "link"
    MAIL = "mail"
    PHONE = "phone"
    USER = "user"  # a colleague, by their key


CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES})  # of options that the company wrote


@dataclass(frozen=True)
class Option:
    """``value`` is what records keep; the label may change. A retired one is chosen no more."""

    value: str
    label: str
    is_retired: bool = False

    def plain(self) -> dict[str, Any]:
        """As a definition keeps it."""
        return asdict(self)


INDEXABLE = frozenset(Kind) - {Kind.LONG, Kind.CHOICES, Kind.BOOLEAN}  # an index tells them apart
MOST_INDEXES = 20  # an object: each is written with every record


def has_value(values: Mapping[str, Any], code: str) -> bool:
    """Whether there is one; False is."""
    return values.get(code) not in (None, "", [])


def read_options(raw: Iterable[Any]) -> list[Option]:
    """Plain texts, as older definitions kept them, are value and label in one."""
    return [Option(**one) if isinstance(one, dict) else Option(str(one), str(one)) for one in raw]


def new_option(label: str, *, taken: Collection[str]) -> Option:
    """Its value is made of the label it has first."""
    return Option(_free(code_of(label) or "option", taken), label)


def propose_code(label: str, *, taken: Collection[str]) -> str:
    """Like contract_end, of "Contract end"."""
    return _free(code_of(label) or "field", taken)


def code_of(text: str) -> str:
    """Small letters, figures and strokes; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_CODE].strip("_")


def _free(code: str, taken: Collection[str]) -> str:
    if code not in taken:
        return code
    numbered = (f"{code[: LONGEST_CODE - 4]}_{number}" for number in range(2, 9999))
    return next(one for one in numbered if one not in taken)
