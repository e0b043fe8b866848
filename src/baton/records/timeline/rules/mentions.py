"""Who is meant by an @ in a text."""

from collections import Counter
from collections.abc import Mapping


def mentioned(text: str, *, names: Mapping[int, str]) -> list[int]:
    """Those whose name follows an @, whole or by a first name that only one bears, each once.

    An @ inside a word is none: that is a mail address.
    """
    called = _called(names)
    found: dict[int, None] = {}
    folded = text.casefold()
    for place, mark in enumerate(folded):
        if mark == "@" and not folded[place - 1 : place].isalnum():
            meant = next((pk for name, pk in called if _stands(name, folded, place + 1)), None)
            if meant is not None:
                found[meant] = None
    return list(found)


def namesakes(names: Mapping[int, str]) -> set[int]:
    """Those who share their whole name with another: an @ can mean neither of them."""
    wholes = {pk: " ".join(name.casefold().split()) for pk, name in names.items()}
    bearers = Counter(wholes.values())
    return {pk for pk, name in wholes.items() if bearers[name] > 1}


def _called(names: Mapping[int, str]) -> list[tuple[str, int]]:
    """What each may be called, the longest first, so that a whole name wins over its beginning."""
    wholes = [(" ".join(name.casefold().split()), pk) for pk, name in names.items()]
    firsts = [(name.partition(" ")[0], pk) for name, pk in wholes if " " in name]
    bearers = Counter(name for name, _pk in wholes + firsts)
    sole = [(name, pk) for name, pk in wholes + firsts if name and bearers[name] == 1]
    return sorted(sole, key=lambda one: -len(one[0]))


def _stands(name: str, text: str, place: int) -> bool:
    after = text[place + len(name) : place + len(name) + 1]
    return text.startswith(name, place) and not after.isalnum()
