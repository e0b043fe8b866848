"""Files as they come, made plain: out of a ZIP, sheets and vCards as CSV."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from baton.core.errors import gettext_noop
from baton.operations.exchange.actions.spreadsheets import is_spreadsheet, sheets_from
from baton.operations.exchange.rules.reading import encoding_of
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.rules.vcards import COLUMNS, read_cards
from baton.operations.exchange.rules.zipped import is_zip, unzip

MARK = b"BEGIN:VCARD"


def open_files(paths: Sequence[Path], into: Path) -> list[Path]:
    """The CSV files that they are or hold; what has to be made lies in that folder. Raises
    Unusable."""
    found = [
        one for path in paths for one in (unzip(path, _made(into)) if is_zip(path) else [path])
    ]
    plain = [
        one
        for path in found
        for one in (sheets_from(path, _made(into)) if is_spreadsheet(path) else [path])
    ]
    return [_from_cards(path, _made(into)) if _is_cards(path) else path for path in plain]


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _is_cards(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(256)
    return MARK in head.replace(b"\x00", b"").upper().lstrip(b"\xef\xbb\xbf\xff\xfe \r\n")[:20]


def _from_cards(path: Path, into: Path) -> Path:
    target = into / f"{path.stem}.vcf.csv"
    rows = list(_cards_of(path))
    if not rows:
        raise Unusable(gettext_noop("%(file)s holds no card of anybody."), file=path.name)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return target


def _cards_of(path: Path) -> Iterator[dict[str, str]]:
    text = path.read_text(encoding=encoding_of(path), errors="replace")
    return read_cards(text.removeprefix("\ufeff"))
