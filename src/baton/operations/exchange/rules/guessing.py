"""What a column probably holds: by its name in eight languages, else by the look of its values."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import product

from baton.operations.exchange.rules.column_names import NAMES, SEVERAL, bare, field_named
from baton.operations.exchange.rules.values import SERIAL

ENOUGH = 0.9  # of the values that must look so
MOSTLY = 0.6  # of the names that must have two words to be whole ones
FIRM = ("domain", "website", "phone", "industry", "city", "country", "employee_count")
TELLING = {
    "person": ("email", "first_name", "last_name", "mobile", "job_title"),
    "company": ("name", "domain", "industry", "employee_count", "annual_revenue"),
    "deal": ("stage", "amount", "pipeline", "closed_at", "close_on", "opened_at", "reason"),
}
MAIL = r"[^@\s;,|]+@[^@\s;,|]+\.[^@\s.;,|]+"
LOOKS = {
    "mail": re.compile(rf"{MAIL}(\s*[;,|\s]\s*{MAIL})*"),
    "url": re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.[a-z]{2,12}(/\S*)?", re.IGNORECASE),
    "number": re.compile(r"[-+]?[€$£]?\s?\d[\d.,\u00a0 ']*\s?[€$£%]?"),
    "phone": re.compile(r"(\+|00|0|\()[\d\s()./-]{6,25}"),
    "yes": re.compile(
        r"true|false|yes|no|y|n|ja|nein|oui|non|si|sí|nee|sim|não|nao|tak|nie", re.IGNORECASE
    ),
}
DATED = re.compile(r"date|datum|fecha|^data|data$|birth|geburt|naissance|nacimiento")
ID = re.compile(r"(?i:(?:[_\s-]|^)(?:id|uuid))$|[a-z]I[Dd]$")  # ends of names
DAY, TIME = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})"), ("", " %H:%M", " %H:%M:%S")
DATES = {
    True: ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y", "%d %b %Y", "%d %B %Y"),
    False: ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%d.%m.%Y", "%b %d, %Y", "%d %b %Y", "%B %d, %Y"),
}
COMMA = re.compile(r"\d,\d{1,2}$|\d\.\d{3},|^\D*\d{1,3}(\.\d{3}){2,}$")
POINT = re.compile(r"\d\.\d{1,2}$|\d,\d{3}\.|^\D*\d{1,3}(,\d{3}){2,}$")


def guess_kind(file: str, columns: Mapping[str, Sequence[str]]) -> str:
    """person, company or deal: by how many columns tell so, and by the file's name."""

    def score(kind: str) -> tuple[int, int]:
        found = {field_named(kind, name) for name in columns} - {""}
        telling = sum(name in found for name in TELLING[kind])
        if kind == "person" and "email" not in found:
            telling += 3 * any(look_of(values) == "mail" for values in columns.values())
        return telling + 2 * (kind in _words(file)), len(found)

    return max(NAMES, key=score)


def _words(file: str) -> Collection[str]:
    """The kinds that a file's name speaks of."""
    said = bare(file)
    words = {
        "person": ("contact", "people", "person", "lead", "kontakt", "personne", "prospect"),
        "company": ("compan", "account", "firm", "organi", "entreprise", "empresa", "unternehmen"),
        "deal": ("deal", "opportunit", "oportunidad", "verkaufschance", "geschaft", "affaire"),
    }
    return [kind for kind, some in words.items() if any(word in said for word in some)]


def guess_fields(kind: str, columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Column -> field, each field once; else a custom field of the kind that its values are of.

    A column without any value is left out.
    """
    found: dict[str, str] = {}
    for column in columns:
        field = field_named(kind, column, of_firm=FIRM)
        is_free = field in SEVERAL or field not in found.values()
        found[column] = field if is_free else ""
    _weigh_names(kind, found, columns)
    for column, values in columns.items():
        if found[column] or not column:
            continue
        by_look = _by_look(kind, values, column)
        is_free = not by_look or by_look.startswith("new:") or by_look not in found.values()
        more = "other_email" if by_look == "email" else "new:text"
        found[column] = by_look if is_free else more
    if "key" not in found.values() and (column := _key_of(found, columns)):
        found[column] = "key"
    return found


def _weigh_names(kind: str, found: dict[str, str], columns: Mapping[str, Sequence[str]]) -> None:
    """“Name” beside a first name is the last one; a first or last name alone that has two words
    in most rows is the whole one."""
    by_field = {field: column for column, field in found.items() if kind == "person"}
    if {"first_name", "full_name"} <= {*by_field} and "last_name" not in by_field:
        found[by_field["full_name"]] = "last_name"
        return
    names = [name for name in ("first_name", "last_name", "full_name") if name in by_field]
    if len(names) == 1:
        values = [value for value in columns[by_field[names[0]]] if value]
        if sum(len(value.split()) > 1 for value in values) > MOSTLY * len(values):
            found[by_field[names[0]]] = "full_name"


def _key_of(found: Mapping[str, str], columns: Mapping[str, Sequence[str]]) -> str:
    """The first column of ids that says something else in each line."""
    for column, values in columns.items():
        if ID.search(column) and found[column].startswith("new:") and values:
            return column if all(values) and len({*values}) == len(values) else ""
    return ""


def _by_look(kind: str, values: Sequence[str], column: str = "") -> str:
    look = look_of(values)
    if not look:
        return ""
    if look == "number" and DATED.search(bare(column)):
        some = [value for value in values if value]
        is_date = all(_is_date(value, ()) or SERIAL.fullmatch(value) for value in some)
        look = "date" if is_date else look
    if look == "mail" and kind == "person":
        return "email"
    if look == "mail" and kind == "deal":
        return "person.email"
    if look == "phone" and kind != "deal":
        return "phone"
    if look == "url" and kind != "deal":
        is_linkedin = all("linkedin.com" in value for value in values if value)
        return "linkedin" if is_linkedin else {"person": "website", "company": "domain"}[kind]
    return f"new:{ {'date': 'date', 'number': 'number', 'yes': 'boolean'}.get(look, 'text') }"


def is_value(text: str, *, sums: bool = False) -> bool:
    """Whether it is what stands below a column's name: a number, and unless ``sums`` a mail
    address, a page or a date as well."""
    if re.fullmatch(r"([A-Z]{3} ?)?" + LOOKS["number"].pattern + r"( ?[A-Z]{3})?", text):
        return True
    looks = [LOOKS[name] for name in ("mail", "url", "phone")]
    return not sums and (any(one.fullmatch(text) for one in looks) or bool(DAY.match(text)))


def look_of(values: Sequence[str]) -> str:
    """mail, url, date, phone, number, yes or text; "" without any value."""
    some = [value for value in values if value]
    if not some:
        return ""
    patterns = date_patterns(some, is_day_first=day_first_of(some))[:6]
    if sum(_is_date(value, patterns) for value in some) >= ENOUGH * len(some):
        return "date"
    for look in ("mail", "url", "yes"):
        if sum(bool(LOOKS[look].fullmatch(value)) for value in some) >= ENOUGH * len(some):
            return look
    phones = sum(bool(LOOKS["phone"].fullmatch(value)) for value in some)
    numbers = sum(bool(LOOKS["number"].fullmatch(value)) for value in some)
    if phones >= ENOUGH * len(some) and any(re.search(r"[+() /-]|^0", one) for one in some):
        return "phone"
    return "number" if numbers >= ENOUGH * len(some) else "text"


def day_first_of(values: Sequence[str]) -> bool:
    """Whether 03/04/2026 is in April: a value above twelve tells, else what stands between."""
    found = [match for value in values if (match := DAY.match(value))]
    if any(12 < int(one[1]) < 32 for one in found):
        return True
    if any(int(one[2]) > 12 for one in found):
        return False
    return not found or any("." in one[0] for one in found) or "/" not in found[0][0]


def is_comma_decimal(values: Sequence[str]) -> bool:
    """Whether 1.250,50 is how these numbers are written."""
    return sum(bool(COMMA.search(one)) for one in values) > sum(
        bool(POINT.search(one)) for one in values
    )


def date_patterns(values: Sequence[str], *, is_day_first: bool) -> list[str]:
    """All that such dates may be written in, those that some value is written in first."""
    every = [day + time for day, time in product(DATES[is_day_first], (*TIME, " %I:%M %p"))]
    some = [value for value in values if value][:50]
    counted = [(-sum(_by(one, value) for value in some), at, one) for at, one in enumerate(every)]
    return [one for _count, _at, one in sorted(counted)]


def _is_date(value: str, patterns: Sequence[str]) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return any(_by(pattern, value) for pattern in patterns)
    return not value.isdigit() or not patterns


def _by(pattern: str, value: str) -> bool:
    try:
        datetime.strptime(value, pattern)  # noqa: DTZ007 -- only asks whether it fits
    except ValueError:
        return False
    return True
