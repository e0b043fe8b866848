"""What the columns of somebody's table hold: by their headers, else by what stands in them."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from baton.records.duplicates.rules import cleaning, wordlists


class Kind(StrEnum):
    """How a column is cleaned and compared."""

    GIVEN = "given name"
    SURNAME = "surname"
    NAME = "name"
    COMPANY = "company"
    HOUSE = "house number"
    STREET = "street"
    PLACE = "place"
    POSTCODE = "postcode"
    REGION = "region"
    BIRTH = "date of birth"
    ID = "id"
    CODE = "code"  # digits of whatever
    MAIL = "mail"
    PHONE = "phone"
    TEXT = "text"


NAMES = frozenset({Kind.GIVEN, Kind.SURNAME, Kind.NAME, Kind.COMPANY})
ADDRESS = frozenset({Kind.HOUSE, Kind.STREET, Kind.PLACE, Kind.POSTCODE, Kind.REGION})
DIGITS = frozenset({Kind.HOUSE, Kind.POSTCODE, Kind.BIRTH, Kind.ID, Kind.CODE, Kind.PHONE})
# The first that is found decides: "street number" is a house number, "company name" a company.
HEADERS: tuple[tuple[Kind, str], ...] = tuple(
    (
        Kind(name.partition(".")[0].replace("_", " ")),
        "|".join(one.replace("*", r"\w*").replace("?", ".").replace("_", " ?") for one in alike),
    )
    for name, alike in wordlists.HEADERS.items()
)
ROW_IDS = (
    r"(rec|record|row|line|entry)? ?(id|no|nr|number|index|idx|key|guid|uuid|unnamed 0)"
    r"|rec|record|pk|"
)
CLEANERS: dict[Kind, Callable[[str], str]] = {
    Kind.GIVEN: cleaning.clean_name,
    Kind.SURNAME: cleaning.clean_name,
    Kind.NAME: cleaning.clean_name,
    Kind.COMPANY: cleaning.clean_firm,
    Kind.STREET: cleaning.clean_street,
    Kind.PLACE: cleaning.clean_street,
    Kind.HOUSE: cleaning.clean_digits,
    Kind.POSTCODE: cleaning.clean_digits,
    Kind.ID: cleaning.clean_digits,
    Kind.CODE: cleaning.clean_digits,
    Kind.MAIL: cleaning.clean_mail,
    Kind.PHONE: cleaning.clean_phone,
}


def recognise(header: str, values: Sequence[str]) -> Kind | None:
    """None for a column that tells nothing: empty, always the same, or a running number."""
    said = [value.strip() for value in values if cleaning.clean_text(value)]
    distinct = set(said)
    if len(distinct) < 2:
        return None
    words = cleaning.fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))
    if len(distinct) == len(said) and re.fullmatch(ROW_IDS, words):
        return None
    return _by_header(words, said) or _by_contents(said)


def _by_header(words: str, said: Sequence[str]) -> Kind | None:
    for kind, pattern in HEADERS:
        if re.search(rf"(?:^|\s)(?:{pattern})(?:\s|\d|$)", words) and _may_be(kind, said):
            return kind
    return None


def _may_be(kind: Kind, said: Sequence[str]) -> bool:
    """A header is not believed where the contents are plainly something else."""
    if kind is Kind.MAIL:
        return _share(said, r".+@.+\..+") > 0.5
    if kind is Kind.PHONE:
        return _share(said, r"[\d\s()+./x-]{5,}") > 0.5
    if kind in NAMES:
        return _share(said, r".*[^\W\d_].*") > 0.5
    return True


def _by_contents(said: Sequence[str]) -> Kind:
    if _share(said, r"[^@\s]+@[^@\s]+\.[a-zA-Z]+") > 0.7:
        return Kind.MAIL
    if _share(said, r"\d{4}-\d{2}-\d{2}.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}") > 0.7:
        return Kind.BIRTH
    if _share(said, r"(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])") > 0.9:
        return Kind.BIRTH
    if _share(said, r"[+(]?[\d][\d\s()./-]{6,}") > 0.8 and _share(said, r".*[\s()+./-].*") > 0.5:
        return Kind.PHONE
    if _share(said, r"(?=.*\d)[\w\s-]{1,20}") > 0.7 and _share(said, r"\d+\s+\D{4,}") < 0.3:
        return Kind.CODE
    if _share(said, r"(?=.*\d)(?=.*[^\W\d]{3}).+\s.+") > 0.6:
        return Kind.STREET
    return Kind.TEXT


def _share(said: Sequence[str], pattern: str) -> float:
    some = said[:500]
    return sum(re.fullmatch(pattern, value) is not None for value in some) / len(some)


def cleaner(kind: Kind, values: Sequence[str]) -> Callable[[str], str]:
    """How the values of this column are made comparable."""
    if kind is Kind.BIRTH:
        return cleaning.date_cleaner([value for value in values if value.strip()])
    return CLEANERS.get(kind, cleaning.clean_text)
