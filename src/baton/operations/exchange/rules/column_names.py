"""Which field a column's name means, in eight languages and however it is written."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

NAMES: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
BY_NAME = {
    kind: {name: field for field, names in fields.items() for name in names.split()}
    for kind, fields in NAMES.items()
}
EVERY = frozenset(name for known in BY_NAME.values() for name in known)
NO_MARKS = str.maketrans("łøđı", "lodi")  # that are no letter with a mark besides
ASIDE = re.compile(r"[(\[{].*?[)\]}]")  # “(EUR)”, “[optional]”
PIECES = re.compile(r"\s*(?::|>|\||/|\.|\s-\s|__)\s*")  # “Contact: E-mail”, “Phone 1 - Value”
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")  # of any case
SAYS_NOTHING = {"value", "wert", "valeur", "valor", "text"}  # of a last piece
IS_OTHER = {"type", "label", "typ", "tipo"}  # “Phone 1 - Type” is no phone
PEOPLE = {
    *("contact", "person", "lead", "customer", "client", "prospect", "primary", "main", "buyer"),
    *("kontakt", "kunden", "ansprechpartner", "contacto", "cliente", "contatto", "contato"),
}
FIRMS = {
    *("company", "account", "organization", "organisation", "business", "firma", "firmen"),
    *("unternehmen", "unternehmens", "entreprise", "societe", "empresa", "bedrijfs", "azienda"),
}
DEALS = {"deal", "opportunity", "sales", "geschaft", "oportunidad", "affaire"}
LEADING = {"person": PEOPLE, "company": FIRMS, "deal": DEALS}
UNITS = {
    *("in", "eur", "euro", "euros", "usd", "gbp", "chf", "pln", "brl", "sek", "dkk", "nok", "cad"),
    *("keur", "teur", "tsd", "mio", "million", "millions", "k", "m", "no", "nr", "code", "prefix"),
}
FURTHER = {
    **dict.fromkeys(("email", "other_email"), "other_email"),
    **dict.fromkeys(("phone", "mobile", "other_phone"), "other_phone"),
}
SEVERAL = frozenset(FURTHER.values())  # fields that several columns may fill together


def bare(name: str) -> str:
    """Small letters and digits alone: “E-Mail-Adresse” and “email adresse” are one."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(NO_MARKS))
    return "".join(letter for letter in plain if letter.isalnum())


def is_name(text: str) -> bool:
    """Whether columns of any kind of record are called so."""
    return bare(text) in EVERY


def field_named(kind: str, column: str, *, of_firm: Sequence[str] = ()) -> str:
    """The field of such a record that the column's name means, or "". ``of_firm``: fields of the
    company that a person or a deal may bring."""
    known = BY_NAME[kind]
    if found := known.get(bare(column), ""):
        return found
    for words in _readings(column):
        is_counted = len(words) > 1 and words[-1].isdecimal() and len(words[-1]) < 4
        number = int(words.pop()) if is_counted else 1
        if (field := _meant(kind, words, of_firm)) and number < 10:
            return FURTHER.get(field, "") if number > 1 else field
    return ""


def _readings(column: str) -> Iterator[list[str]]:
    """The words of the name: of all of it, then of its last piece, the number of any of them at
    the end; without what stands in brackets."""
    pieces = [one for one in PIECES.split(ASIDE.sub(" ", column)) if one]
    if len(pieces) > 1 and bare(pieces[-1]) in IS_OTHER:
        return
    while len(pieces) > 1 and bare(pieces[-1]) in SAYS_NOTHING:
        pieces.pop()
    for some in (pieces, pieces[-1:]) if len(pieces) > 1 else (pieces,):
        words = [bare(word) for one in some for word in WORDS.findall(one)]
        numbers = [word for word in words if word.isdigit()]
        if words:
            yield [*(word for word in words if not word.isdigit()), *numbers[-1:]]


def _meant(kind: str, words: Sequence[str], of_firm: Sequence[str]) -> str:
    """By the words together; without a unit behind them; without the kind before them."""
    known, left = BY_NAME[kind], [*words]
    while left:
        if field := known.get("".join(left), ""):
            return field
        if len(left) == 1 or left[-1] not in UNITS:
            break
        left.pop()
    if len(left) < 2:
        return ""
    first, rest = left[0], "".join(left[1:])
    if kind != "company" and first in FIRMS:
        field = BY_NAME["company"].get(rest, "")
        return "company" if field == "name" else f"company.{field}" if field in of_firm else ""
    if kind == "deal" and first in PEOPLE:
        field = f"person.{BY_NAME['person'].get(rest, '')}"
        return field if field in NAMES["deal"] else ""
    return known.get(rest, "") if first in LEADING[kind] else ""
