"""vCards of versions 2.1, 3.0 and 4.0 as rows. No library: those that are alive read 3.0 and 4.0
only, or refuse a whole file for one card of a phone; of a card we want nine things."""

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

COLUMNS = (
    *("UID", "Full name", "First name", "Last name", "Email", "Phone", "Mobile", "Other phone"),
    *("Organization", "Title", "Street", "City", "Region", "Postcode", "Country", "Website"),
    *("Note", "Birthday", "Categories", "Other mails"),
)
LONGEST = 4_000  # characters of a value; pictures are passed over
BREAK = re.compile(r"\r\n|\r|\n")
SPLIT = re.compile(r"(?<!\\);")


@dataclass(frozen=True)
class _Line:
    name: str
    params: tuple[str, ...]  # in capitals: TYPE=CELL and plain CELL alike
    value: str


@dataclass
class _Card:
    lines: list[_Line] = field(default_factory=list)

    def all(self, name: str) -> list[_Line]:
        """Preferred ones first."""
        found = [line for line in self.lines if line.name == name and line.value.strip()]
        return sorted(found, key=lambda line: "PREF" not in " ".join(line.params))

    def first(self, name: str) -> str:
        return next((plain(line.value) for line in self.all(name)), "")

    def parts(self, name: str, count: int) -> list[str]:
        """The parts of a value that has several, each plain."""
        value = next((line.value for line in self.all(name)), "")
        parts = [plain(part) for part in SPLIT.split(value)]
        return (parts + [""] * count)[:count]


def read_cards(text: str) -> Iterator[dict[str, str]]:
    """A row for each card that says who somebody is."""
    for card in _cards(text):
        row = _row(card)
        if any(row[name] for name in ("Full name", "Last name", "First name", "Email", "Phone")):
            yield row


def plain(value: str) -> str:
    """Without the backslashes."""
    value = re.sub(r"\\[nN]", "\n", value)
    return re.sub(r"\\([\\,;:])", r"\1", value).strip()


def _row(card: _Card) -> dict[str, str]:
    last, first, *_rest = card.parts("N", 5)
    _box, more, street, city, region, postcode, country = card.parts("ADR", 7)
    phones = card.all("TEL")
    mobile = [line for line in phones if "CELL" in " ".join(line.params)]
    others = [line for line in phones if line not in mobile and "FAX" not in " ".join(line.params)]
    numbers = [plain(line.value).removeprefix("tel:") for line in [*others, *mobile]]
    more_numbers = [plain(line.value).removeprefix("tel:") for line in others[1:] + mobile[1:]]
    mails = [plain(line.value).removeprefix("mailto:") for line in card.all("EMAIL")]
    values = (
        *(card.first("UID"), card.first("FN"), first, last, mails[0] if mails else ""),
        *(numbers[0] if numbers else "", plain(mobile[0].value) if mobile else ""),
        *("; ".join(more_numbers), card.parts("ORG", 1)[0], card.first("TITLE")),
        *("\n".join(filter(None, (street, more))), city, region, postcode, country),
        *(card.first("URL"), card.first("NOTE"), card.first("BDAY"), card.first("CATEGORIES")),
        "; ".join(mails[1:]),
    )
    return dict(zip(COLUMNS, (value.removeprefix("tel:") for value in values), strict=True))


def _cards(text: str) -> Iterator[_Card]:
    card: _Card | None = None
    depth = 0  # a card may hold another, an agent's
    for raw in _unfolded(BREAK.split(text)):
        line = _line(raw)
        if line is None:
            continue
        if line.name == "BEGIN" and line.value.strip().upper() == "VCARD":
            depth += 1
            card = _Card() if depth == 1 else card
        elif line.name == "END" and line.value.strip().upper() == "VCARD":
            depth = max(0, depth - 1)
            if card and not depth:
                yield card
                card = None
        elif card and depth == 1 and len(line.value) <= LONGEST:
            card.lines.append(line)


def _unfolded(lines: Sequence[str]) -> Iterator[str]:
    """A line that begins with a blank goes on; quoted-printable goes on after an equals sign."""
    held = ""
    for line in lines:
        if held and line[:1] in {" ", "\t"}:
            held += line[1:]
        elif held.endswith("=") and "QUOTED-PRINTABLE" in held.partition(":")[0].upper():
            held = held[:-1] + line
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def _line(raw: str) -> _Line | None:
    head, colon, value = raw.partition(":")
    if not colon:
        return None
    name, *params = head.upper().split(";")
    if any("QUOTED-PRINTABLE" in param for param in params):
        charset = next((p.partition("=")[2] for p in params if p.startswith("CHARSET=")), "UTF-8")
        value = _decoded(value, charset)
    return _Line(name.rpartition(".")[2].strip(), tuple(params), value)


def _decoded(value: str, charset: str) -> str:
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return data.decode(charset or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
