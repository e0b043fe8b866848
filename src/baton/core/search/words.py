"""Which words a text has, as the index keeps them: letters, digits and their marks, folded."""

import re
import unicodedata

MOST_LETTERS = 80
MOST_WORDS = 6
# Letters that no decomposition takes apart, and what people type instead.
SPELLED = {
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
}
_SPELLED = str.maketrans(SPELLED)
_MARKS = re.compile("(?<=[a-z])[\u0300-\u036f]+")  # of Latin letters only: й is no и
_STRESS = re.compile("[\u0300-\u036f]+")  # on a letter that has no such form: the stress of Ива́нов
_KEPT = ("L", "N", "M")  # letters, numbers, marks
_PRIVATE = "Co"


def folded(text: str) -> str:
    """Whatever the case and the accents: Müller is muller, Łódź lodz, Ива́нов иванов."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_SPELLED)
    if plain.isascii():
        return plain
    bare = _MARKS.sub("", unicodedata.normalize("NFD", plain))
    return _STRESS.sub("", unicodedata.normalize("NFC", bare))


def words_of(text: str) -> list[str]:
    """All of them; what is neither letter nor digit stands between two."""
    parted = "".join(sign if _is_kept(sign) else " " for sign in folded(text))
    return [word for word in parted.split(" ") if word]


def typed_words(text: str) -> list[str]:
    """Those of a typed text; of one that is no name only the beginning."""
    return words_of(text[:MOST_LETTERS])[:MOST_WORDS]


def _is_kept(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind[0] in _KEPT or kind == _PRIVATE
