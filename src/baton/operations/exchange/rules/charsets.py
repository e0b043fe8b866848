"""What a text without a mark is written in, when it is not UTF-8."""

import re
from collections.abc import Iterable

from charset_normalizer import from_bytes

# In this order where nothing else tells: what people's files are written in most.
KNOWN = ("cp1252", "cp1250", "cp1251", "mac_roman", "cp932", "gb18030")
ALIKE = 0.05  # shares that differ by less tell nothing
LEAST = 0.8  # of the letters must be usual; else bytes are broken, and their lines told
FEW = 2  # bytes beyond ASCII: one may as well be broken
MANY = 8  # letters beyond ASCII from which on the look of words tells
WEST = "äöüßÄÖÜéèêëàâçîïôûùœÉÈÀÇæøåÆØÅñíóúáãõÑÍÓÚÁ"
EAST = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰäöüßÄÖÜăâîșțĂÂÎȘȚđĐ"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"
USUAL = {
    "cp1252": WEST,
    "mac_roman": WEST,
    "cp1250": EAST,
    "cp1251": CYRILLIC + CYRILLIC.upper(),
}
SIGNS = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u3005]{2,}")  # kana and kanji


def wide_of(head: bytes) -> str:
    """UTF-16 without a mark, by where its zeros are; "" when it is none."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 20 >= max(even, odd):
        return ""
    found = "utf-16-le" if odd > even else "utf-16-be"
    text = {*head.decode(found, errors="ignore")}
    signs = {one for one in text if one < " "}
    return found if text & {*",;|\t\n"} and signs <= {"\t", "\r", "\n"} else ""


def charset_of(lines: Iterable[bytes]) -> str:
    """Of lines that are no UTF-8: by a library's look at words, and by which letters are usual in
    a language that is written so. Plain lines tell nothing and drown what does."""
    sample = b"\n".join(line for line in lines if not line.isascii())
    texts = {name: text for name in KNOWN if (text := _decoded(sample, name))}
    if not texts or sum(byte > 127 for byte in sample) < FEW:
        return "cp1252"
    usual = {name: _usual(text, name) for name, text in texts.items()}
    best = max(usual.values())
    if best < LEAST:
        return "cp1252"
    left = [name for name in texts if usual[name] >= best - ALIKE]
    letters = sum(ord(letter) > 127 for letter in texts[left[0]])
    if len(left) > 1 and letters >= MANY:
        seen = {one.encoding: one.coherence for one in from_bytes(sample, cp_isolation=left)}
        return max(left, key=lambda name: (seen.get(name, 0.0), -left.index(name)))
    return left[0]


def _decoded(sample: bytes, name: str) -> str:
    try:
        return sample.decode(name)
    except UnicodeDecodeError:
        return ""


def _usual(text: str, name: str) -> float:
    """The share of letters beyond ASCII that a language which is written so uses all the time."""
    letters = [letter for letter in text if ord(letter) > 127 and letter not in "–—“”„’‘…€ \u00a0"]
    if not letters:
        return 1.0
    if name in USUAL:
        return sum(letter in USUAL[name] for letter in letters) / len(letters)
    # One sign alone among plain letters is somebody's umlaut.
    return sum(map(len, SIGNS.findall(text))) / len(letters)
