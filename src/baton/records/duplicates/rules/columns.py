"""What the columns of somebody's table hold: by their headers, else by what stands in them."""

import re
from collections import Counter
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


def _pattern(alike: Sequence[str]) -> str:
    words = (one.replace("*", r"\w*").replace("?", ".").replace("_", " ?") for one in alike)
    return rf"(?:^|\s)(?:{'|'.join(words)})(?:\s|\d|$)"


# The first that is found decides: "street number" is a house number, "company name" a company.
HEADERS: tuple[tuple[Kind, str], ...] = tuple(
    (Kind(name.partition(".")[0].replace("_", " ")), _pattern(alike))
    for name, alike in wordlists.HEADERS.items()
)
BOOKKEEPING = _pattern(wordlists.BOOKKEEPING)
RECUR = 0.3  # of the people share their first given name with somebody
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
    if re.search(BOOKKEEPING, words):
        return None
    kind = _by_header(words, said) or _by_contents(said)
    return None if kind is Kind.CODE and len(distinct) == len(said) else kind


def recognise_all(headers: Sequence[str], columns: Sequence[Sequence[str]]) -> list[Kind | None]:
    """Beside a given name a "name" is the surname, and the other way round."""
    kinds = [recognise(header, said) for header, said in zip(headers, columns, strict=True)]
    halves = {Kind.GIVEN, Kind.SURNAME}
    if Kind.NAME in kinds and len(missing := halves - {*kinds}) == 1:
        kinds[kinds.index(Kind.NAME)] = missing.pop()
    return kinds


def split_names(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Given names and surnames out of whole names; what stands alone is a surname."""
    parts = [_split(name) for name in names]
    return [given for given, _ in parts], [surname for _, surname in parts]


def _split(name: str) -> tuple[str, str]:
    """Before a comma stands the surname."""
    surname, comma, given = name.partition(",")
    if not (comma and given.strip()):
        given, _, surname = cleaning.clean_name(name).rpartition(" ")
    return given.strip(), surname.strip()


def are_people(names: Sequence[str]) -> bool:
    """Names that begin alike, as people's do: there are fewer given names than people, and each
    name of a shop is its own."""
    distinct = {cleaning.clean_name(name) for name in names}
    firsts = Counter(_split(name)[0].split()[0] for name in distinct if " " in name)
    return sum(count for count in firsts.values() if count > 1) >= RECUR * len(distinct)


def _by_header(words: str, said: Sequence[str]) -> Kind | None:
    for kind, pattern in HEADERS:
        if re.search(pattern, words) and _may_be(kind, said):
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
