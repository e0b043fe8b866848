"""Invented people, some of them told several times and never quite alike: for the matcher's tests.

Families share surname, address and telephone; some people have a namesake. What is typed again has
typos, transposed digits, swapped columns, short forms, missing values, moves and new addresses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from baton.records.duplicates.rules.wordlists import words

GIVEN = words(
    """
    Anna Peter Maria Jan Laura Thomas Sofia Lukas Elena Martin Clara Jonas Julia Paul Nina Felix
    Emma Oskar Ida Robert William Elizabeth Michael Katherine Joseph Margaret Jürgen Zoë
    François Chloé José Lucía Giulia Matteo Søren Ingrid Björn Åsa Łukasz Agnieszka Mehmet Ayşe
    Wei Mei Rahul Priya Olga Ivan
    """
)
SURNAME_BEGINS = words(
    """
    Berg Hal Lind Stein Wald Kra Schmi Mül Neu Hoff Ros Vog Ker Bau Fisch Web Schnei
    """
)
SURNAME_ENDS = words(
    """
    mann er dt berg ström sen son hofer ler ek inger ner ing auer ski
    """
)
WAYS = words(
    """
    Haupt Linden Berg Schul Garten Bahnhof Kirch Wiesen Markt Ring Mühlen Rosen Tal Feld Wald
    """
)
TOWNS = words(
    """
    Neustadt Altdorf Lindau Bergheim Seehausen Waldkirch Rosenfeld Steinbach Marienberg Hofheim
    Königsbrunn Grünwald Oberndorf Langenau Kirchberg
    """
)
NEIGHBOURS = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "n": "bm",
    "s": "ad",
    "r": "et",
    "t": "ry",
}
SHORT = {
    "Robert": "Bob",
    "William": "Bill",
    "Elizabeth": "Liz",
    "Michael": "Mike",
    "Margaret": "Peggy",
}


@dataclass
class Somebody:
    """One person, as they are."""

    entity: int
    given: str
    surname: str
    street: str
    house: str
    postcode: str
    town: str
    born: str
    mail: str
    phone: str
    number: str


FIELDS = (
    "given",
    "surname",
    "street",
    "house",
    "postcode",
    "town",
    "born",
    "mail",
    "phone",
    "number",
)


def crowd(count: int, *, seed: int) -> list[Somebody]:
    """So many different people, a third of them in families, some with a namesake."""
    lot = Random(seed)
    people: list[Somebody] = []
    for entity in range(count):
        one = _somebody(lot, entity)
        kin = people[-1] if people and lot.random() < 0.3 else None
        if kin:
            one.surname, one.street, one.house = kin.surname, kin.street, kin.house
            one.postcode, one.town, one.phone = kin.postcode, kin.town, kin.phone
        elif people and lot.random() < 0.05:
            namesake = lot.choice(people)
            one.given, one.surname = namesake.given, namesake.surname
        people.append(one)
    return people


def _somebody(lot: Random, entity: int) -> Somebody:
    given = lot.choice(GIVEN)
    surname = lot.choice(SURNAME_BEGINS) + lot.choice(SURNAME_ENDS)
    digits = "".join(lot.choice("0123456789") for _ in range(8))
    mail = f"{given[:1]}.{surname}{lot.randrange(100)}@example{lot.randrange(9)}.com".lower()
    return Somebody(
        entity=entity,
        given=given,
        surname=surname,
        street=lot.choice(WAYS) + lot.choice(["straße", "weg", "gasse", "platz", "allee"]),
        house=str(lot.randrange(1, 140)),
        postcode=f"{lot.randrange(10000, 99999)}",
        town=lot.choice(TOWNS),
        born=f"{lot.randrange(1, 29):02}.{lot.randrange(1, 13):02}.{lot.randrange(1930, 2008)}",
        mail=mail,
        phone=f"+49 {lot.randrange(30, 999)} {digits}",
        number=f"{lot.randrange(10**9):09}",
    )


def told(
    people: Sequence[Somebody], *, seed: int, again: float = 0.5, most: int = 3, errors: float = 2.0
) -> list[Somebody]:
    """Each once as they are; a share of them up to ``most`` times more, with so many errors."""
    lot, rows = Random(seed), list(people)
    for one in people:
        if lot.random() < again:
            rows += [_told_again(one, lot, errors) for _ in range(lot.randint(1, most))]
    lot.shuffle(rows)
    return rows


def _told_again(one: Somebody, lot: Random, errors: float) -> Somebody:
    copy = Somebody(**vars(one))
    count = min(6, max(1, round(lot.expovariate(1 / errors))))
    for _ in range(count):
        lot.choice(MISTAKES)(copy, lot)
    return copy


def _mistyped(copy: Somebody, lot: Random) -> None:
    name = lot.choice(FIELDS)
    text = getattr(copy, name)
    if len(text) > 2:
        setattr(copy, name, _typo(text, lot))


def _typo(text: str, lot: Random) -> str:
    place = lot.randrange(len(text) - 1)
    before, here, after = text[:place], text[place], text[place + 1 :]
    return lot.choice(
        [
            before + after,
            before + here + here + after,
            before + after[:1] + here + after[1:],
            before
            + lot.choice(NEIGHBOURS.get(here, "x") if here.isalpha() else "0123456789")
            + after,
        ]
    )


def _left_out(copy: Somebody, lot: Random) -> None:
    setattr(copy, lot.choice(FIELDS), lot.choice(["", "", "n/a", "-"]))


def _swapped(copy: Somebody, lot: Random) -> None:
    copy.given, copy.surname = copy.surname, copy.given


def _shortened(copy: Somebody, lot: Random) -> None:
    copy.given = SHORT.get(copy.given, copy.given[:1] + ".")


def _moved(copy: Somebody, lot: Random) -> None:
    copy.street, copy.house = lot.choice(WAYS) + "weg", str(lot.randrange(1, 90))
    copy.postcode, copy.town = f"{lot.randrange(10000, 99999)}", lot.choice(TOWNS)


def _other_mail(copy: Somebody, lot: Random) -> None:
    copy.mail = f"{copy.surname}.{lot.randrange(99)}@mail{lot.randrange(5)}.net".lower()


def _other_case(copy: Somebody, lot: Random) -> None:
    copy.given, copy.surname = copy.given.upper(), copy.surname.upper()
    copy.street = copy.street.replace("straße", "str.")


def _married(copy: Somebody, lot: Random) -> None:
    copy.surname = lot.choice(SURNAME_BEGINS) + lot.choice(SURNAME_ENDS)


MISTAKES: tuple[Callable[[Somebody, Random], None], ...] = (
    _mistyped, _mistyped, _mistyped, _mistyped, _left_out, _left_out, _swapped, _shortened, _moved,
    _other_mail, _other_case, _married,
)  # fmt: skip
GERMAN = dict(
    zip(
        words("Nachname Vorname Straße Hausnr. PLZ Ort Geburtsdatum E-Mail Telefon Steuernummer"),
        words("surname given street house postcode town born mail phone number"),
        strict=True,
    )
)


def as_table(
    rows: Sequence[Somebody], columns: dict[str, str]
) -> tuple[list[str], list[list[str]]]:
    """Header and rows, with the truth under "entity"."""
    return ["entity", *columns], [
        [str(one.entity), *(getattr(one, name) for name in columns.values())] for one in rows
    ]
