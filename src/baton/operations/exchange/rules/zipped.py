"""ZIP files of CSVs and sheets: bounded by what comes out, not by what they say of themselves."""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from baton.core.errors import gettext_noop, is_disk_full
from baton.operations.exchange.rules.refusals import Unusable

MOST_BYTES = 200_000_000  # of all files together, unzipped
MOST_FILES = 100
RATIO = 100  # how many times larger than the ZIP what lies in it may be
SMALL = 1_000_000  # below, the ratio is no sign of anything
PIECE = 65_536
TAKEN = (".csv", ".tsv", ".txt", ".vcf", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TOO_LARGE = gettext_noop("%(file)s holds more than %(most)s MB. Bring its files in one by one.")
BOMB = gettext_noop("%(file)s is packed too tightly to be taken. Unzip it and bring in its files.")


def is_zip(path: Path) -> bool:
    """Whether it is a ZIP file and no spreadsheet."""
    if not path.is_file() or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return not is_book(archive)


def is_book(archive: zipfile.ZipFile) -> bool:
    """Whether it is a spreadsheet, of Excel or LibreOffice."""
    names = {*archive.namelist()}
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names


def unzip(path: Path, into: Path) -> Iterator[Path]:
    """Each CSV of it, as a file in that folder. Raises Unusable."""
    left, packed = MOST_BYTES, path.stat().st_size
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if _is_taken(one)]
            if not members or len(members) > MOST_FILES:
                words = gettext_noop(
                    "%(file)s holds no CSV files or spreadsheets, or more than %(most)s."
                )
                raise Unusable(words, file=path.name, most=MOST_FILES)
            for member in members:
                target = _free(into, PurePosixPath(member.filename.replace("\\", "/")).name)
                left = _inflate(archive, member, target, left, most=max(packed * RATIO, SMALL))
                yield target
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        if is_disk_full(error):
            raise
        words = gettext_noop("%(file)s cannot be unzipped (%(why)s). Export it again.")
        raise Unusable(words, file=path.name, why=str(error)[:80]) from error
    except _TooTight as error:
        raise Unusable(BOMB, file=path.name) from error
    except _TooLarge as error:
        raise Unusable(TOO_LARGE, file=path.name, most=MOST_BYTES // 1_000_000) from error


class _TooLarge(Exception):
    pass


class _TooTight(Exception):
    pass


def _inflate(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, left: int, *, most: int
) -> int:
    """Writes it; how many bytes are left for others."""
    with archive.open(member) as packed, target.open("wb") as file:
        while piece := packed.read(PIECE):
            left -= len(piece)
            if MOST_BYTES - left > most:
                raise _TooTight
            if left < 0:
                raise _TooLarge
            file.write(piece)
    return left


def _is_taken(member: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    is_hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return not member.is_dir() and not is_hidden and name.suffix.lower() in TAKEN


def _free(folder: Path, name: str) -> Path:
    """Namesakes of two folders of the ZIP get a number."""
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{number}-{name}"
    return target
