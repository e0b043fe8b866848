"""Spreadsheets, read by a process of its own that may fail without harm."""

import errno
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from baton.core.errors import gettext_noop
from baton.operations.exchange.rules.reading import BY_ROW
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.rules.zipped import is_book

CHILD = Path(__file__).with_name("spreadsheet_child.py")
LIMITS = {
    "memory": 512_000_000,  # bytes
    "seconds": 60,  # of the processor
    "bytes": 200_000_000,  # unzipped, and of each file that is written
    "ratio": 100,  # how many times larger than the file what lies in it may be
    "sheets": 50,
    "cells": 20_000_000,  # filled rows times filled columns, of all sheets
}
PATIENCE = 300  # seconds on the wall
OLD = b"\xd0\xcf\x11\xe0"  # Excel before 2007, and whatever has a password
LARGE = gettext_noop(
    "%(file)s is too large to be read, or reaches too far: delete what lies far right of and below "
    "its rows, or save it as CSV."
)
REASONS = {
    "tight": gettext_noop("%(file)s is packed too tightly to be taken. Save it as CSV."),
    "many": gettext_noop("%(file)s has too many sheets. Save those that matter in another file."),
    "locked": gettext_noop("%(file)s has a password. Save it without one."),
    "broken": gettext_noop("%(file)s cannot be read as a spreadsheet. Save it anew, or as CSV."),
    "large": LARGE,
}


def is_spreadsheet(path: Path) -> bool:
    """Whether it is one of Excel's or LibreOffice's, by what lies in it."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        if file.read(4) == OLD:
            return True
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return is_book(archive)


def sheets_from(path: Path, into: Path) -> list[Path]:
    """Each sheet as a CSV file in a folder of its own. Raises Unusable."""
    folder = into / f"{path.name}.sheets"
    folder.mkdir(mode=0o700)
    command = [sys.executable, "-I", str(CHILD), str(path), str(folder), json.dumps(LIMITS)]
    try:
        done = subprocess.run(  # noqa: S603 -- our own program
            command, capture_output=True, check=True, timeout=PATIENCE
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Unusable(LARGE, file=path.name) from error
    reason = answer.get("refused")
    if reason == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    if reason:
        raise Unusable(REASONS[reason], file=path.name)
    names = answer["files"]
    if not names:
        raise Unusable(gettext_noop("%(file)s is empty."), file=path.name)
    found = []
    for name in names:
        called = f"{path.stem} {name}" if len(names) > 1 else path.stem
        found.append((folder / name).rename(folder / f"{called}{BY_ROW}"))
    return found
