"""How alike two of our own people, or companies, are: a score of 0 to 100 and the reasons."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from baton.records.duplicates.rules.cleaning import (
    clean_firm,
    clean_mail,
    clean_name,
    clean_phone,
    clean_text,
    sound,
)
from baton.records.duplicates.rules.comparing import (
    CLOSE,
    DIFFERENT,
    EQUAL,
    SOMEHOW,
    compare_mails,
    compare_names,
    compare_texts,
)
from baton.records.duplicates.rules.wordlists import words
from baton.records.people.rules import read_country

MOST_WORDS = 5  # of a name that may make a mailbox
ASKED, SURE = 50, 85  # from here on somebody is asked; from there on many are merged at once
FREE_MAIL = frozenset(
    words(
        """
        gmail.com googlemail.com outlook.com hotmail.com yahoo.com icloud.com live.com aol.com
        gmx.de gmx.net web.de t-online.de mail.ru yandex.ru proton.me protonmail.com qq.com 163.com
        """
    )
)


@dataclass(frozen=True, kw_only=True)
class Side:
    """What is known of a record; of a company ``name``, ``domains`` and ``city`` alone."""

    given: str = ""
    surname: str = ""
    name: str = ""
    mails: Collection[str] = ()
    phones: Collection[str] = ()
    company: str = ""
    domains: Collection[str] = ()
    city: str = ""
    country: str = ""


@dataclass(frozen=True)
class Likeness:
    """The score, and by which codes it came about (``words.REASONS``)."""

    score: int
    reasons: list[str]


POINTS = {
    "same_name": 40, "like_name": 30, "swapped_name": 30, "somehow_name": 10, "other_name": -45,
    "same_phone": 40, "like_mail": 35, "same_mailbox": 20, "same_company": 25, "same_house": 20,
    "other_country": -10, "same_firm": 55, "like_firm": 40, "other_firm": -40, "same_site": 35,
    "same_city": 10, "other_city": -10, "same_mail": 45,
}  # fmt: skip


def compare_people(one: Side, other: Side) -> Likeness:
    """Two people; a number that is shared at home does not make one person of two."""
    reasons = [_name(one, other)]
    if _numbers(one) & _numbers(other):
        reasons.append("same_phone")
    reasons += _mail(one, other)
    if one.company and clean_firm(one.company) == clean_firm(other.company):
        reasons.append("same_company")
    elif _houses(one.mails) & _houses(other.mails):
        reasons.append("same_house")
    if _elsewhere(one.country, other.country):
        reasons.append("other_country")
    return _likeness(reasons)


def compare_companies(one: Side, other: Side) -> Likeness:
    """Two companies: their names without legal forms, and where they are."""
    name, other_name = clean_firm(one.name), clean_firm(other.name)
    level = EQUAL if name == other_name else compare_texts(name, other_name)
    reasons = ["same_firm" if level == EQUAL else "like_firm" if level == CLOSE else "other_firm"]
    if _sites(one.domains) & _sites(other.domains):
        reasons.append("same_site")
    if one.city and other.city:
        same = clean_text(one.city) == clean_text(other.city)
        reasons.append("same_city" if same else "other_city")
    if _elsewhere(one.country, other.country):
        reasons.append("other_country")
    return _likeness(reasons)


def _elsewhere(one: str, other: str) -> bool:
    """In two countries, however their names are written."""
    told = bool(one and other)
    return told and clean_text(read_country(one)) != clean_text(read_country(other))


def _likeness(reasons: Iterable[str]) -> Likeness:
    told = [reason for reason in reasons if reason]
    return Likeness(max(0, min(100, sum(POINTS[reason] for reason in told))), told)


def _name(one: Side, other: Side) -> str:
    given, surname = clean_name(one.given), clean_name(one.surname)
    other_given, other_surname = clean_name(other.given), clean_name(other.surname)
    if not (given and surname and other_given and other_surname):
        return _whole_name(clean_name(one.name), clean_name(other.name))
    if (given, surname) == (other_given, other_surname):
        return "same_name"
    if (given, surname) == (other_surname, other_given):
        return "swapped_name"
    levels = sorted([_level(given, other_given), _level(surname, other_surname)])
    if levels[0] >= CLOSE:
        return "like_name"
    return "somehow_name" if levels[0] >= SOMEHOW else "other_name"


def _level(one: str, other: str) -> int:
    return EQUAL if one == other else compare_names(one, other)


def _whole_name(name: str, other: str) -> str:
    if not name or not other:
        return ""
    if sorted(name.split()) == sorted(other.split()):
        return "same_name"
    level = compare_texts(name, other)
    return {CLOSE: "like_name", SOMEHOW: "somehow_name", DIFFERENT: "other_name"}[level]


def _mail(one: Side, other: Side) -> list[str]:
    pairs = [(clean_mail(a), clean_mail(b)) for a, b in product(one.mails, other.mails)]
    if any(a and a == b for a, b in pairs):
        return ["same_mail"]
    # person1@ and person2@ are two: who counts mailboxes means it.
    told = [(a, b) for a, b in pairs if a and b and _figures(a) == _figures(b)]
    levels = [compare_mails(a, b) for a, b in told]
    if CLOSE in levels:
        return ["like_mail"]
    alike = (pair for pair, level in zip(told, levels, strict=True) if level == SOMEHOW)
    boxes = {box.partition("@")[0] for box, _other in alike}
    words = clean_name(one.name or f"{one.given} {one.surname}").split()[:MOST_WORDS]
    return (
        []
        if all(_is_of_name(clean_text(box).split(), words) for box in boxes)
        else ["same_mailbox"]
    )


def _is_of_name(box: Sequence[str], words: Sequence[str]) -> bool:
    ways = ((map(way, box), [*map(way, words)]) for way in (str, _without_umlauts))
    return any(_is_made_of("".join(parts), name) for parts, name in ways)


def _without_umlauts(text: str) -> str:
    """Of "kramer" and "kraemer" the same."""
    return text.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _is_made_of(box: str, words: Sequence[str]) -> bool:
    """Of names and initials, each once: every namesake's employer writes a mailbox so."""
    if not box:
        return True
    ways = (
        (piece, place) for place, word in enumerate(words) for piece in (word, word[:1]) if piece
    )
    return any(
        box.startswith(piece)
        and _is_made_of(box[len(piece) :], [*words[:place], *words[place + 1 :]])
        for piece, place in ways
    )


def _figures(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _numbers(side: Side) -> set[str]:
    """Their ends: the country's number may be written or not."""
    return {number[-8:] for phone in side.phones if (number := clean_phone(phone))}


def _houses(mails: Collection[str]) -> set[str]:
    return {mail.rpartition("@")[2].casefold() for mail in mails} - FREE_MAIL


def _sites(domains: Collection[str]) -> set[str]:
    """A domain without its ending: halden.com and halden.no are one house."""
    return {label for one in domains if len(label := one.split(".")[-2:][0]) > 3}


def keys_of_person(side: Side) -> set[str]:
    """What two people have in common who may be one; each is short, and rare enough to ask for."""
    parts = sorted(clean_name(side.name or f"{side.given} {side.surname}").split())
    sounds = " ".join(sorted(sound(word) for word in parts if len(word) > 1))
    keys = {f"phone {number}" for number in _numbers(side)}
    keys |= {f"mail {mail}" for text in side.mails if (mail := clean_mail(text))}
    keys |= {f"box {mail.partition('@')[0]}" for text in side.mails if (mail := clean_mail(text))}
    if len(parts) > 1:
        keys.add(f"name {sounds}")
        keys |= {f"at {clean_firm(side.company)} {word[:4]}" for word in parts if side.company}
        keys |= {f"at {house} {word[:4]}" for house in _houses(side.mails) for word in parts}
    return {key[:120] for key in keys}


def keys_of_company(side: Side) -> set[str]:
    """The same of companies."""
    name = clean_firm(side.name)
    keys = {f"site {site}" for site in _sites(side.domains)}
    if name:
        keys |= {f"firm {name.replace(' ', '')}", f"sound {sound(name)[:8]} {name[:2]}"}
        keys.add(f"words {' '.join(sorted(name.split()))}")
    return {key[:120] for key in keys}
