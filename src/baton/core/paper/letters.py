"""What of a text can be set: control characters go, pictures are read out, endless words break."""

import re
import unicodedata

LONGEST = 40  # letters without a place to break: of two such words one line is full
BREAK = "\N{ZERO WIDTH SPACE}"
PICTURES = 0x1F000  # from here on Unicode has pictures, which no font of letters holds
FLAGS = range(0x1F1E6, 0x1F200)  # pairs of these are flags: DE
_ENDLESS = re.compile(rf"(\S{{{LONGEST}}})(?=\S)")


def settable(text: str) -> str:
    """``"Done 🚀"`` as ``"Done [rocket]"``: what a picture says is not lost on paper."""
    return _ENDLESS.sub(r"\1" + BREAK, "".join(map(_letter, text)))


def _letter(one: str) -> str:
    if one.isascii():
        return one if one == "\n" or one.isprintable() else " "
    code = ord(one)
    if code in FLAGS:
        return chr(ord("A") + code - FLAGS.start)
    kind = unicodedata.category(one)
    if kind in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"):
        return " " if kind in ("Zl", "Zp") else ""
    if code >= PICTURES and kind == "So":
        return f"[{unicodedata.name(one, 'picture').lower()}]"
    # Skin tones and the sign that says "as a picture" belong to the picture before them.
    is_part = (code >= PICTURES and kind == "Sk") or unicodedata.name(one, "").startswith(
        "VARIATION SELECTOR"
    )
    return "" if is_part else one
