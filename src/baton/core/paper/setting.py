"""Typst sets our own page; what people wrote reaches it as data, never as its source."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baton.core.paper.letters import settable

TYPE = "application/pdf"
PAGE = Path(__file__).with_name("page.typ")
ACCESSIBLE = "ua-1"  # ISO 14289-1: tagged, titled, in a language, each letter readable


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is said, with its figure at the end of the line, and what stands below it."""

    words: str
    value: str = ""
    url: str = ""  # of the figure
    note: str = ""
    names: Sequence[tuple[str, str]] = ()  # records and their addresses


@dataclass(frozen=True, kw_only=True)
class Table:
    """The first column names the row, the others are figures."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Part:
    title: str
    lines: Sequence[Line] = ()
    table: Table | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    title: str
    about: str  # one line below the title
    parts: Sequence[Part]
    url: str = ""  # where the same is read on a screen


def pdf_of(paper: Paper, *, at: datetime) -> bytes:
    """On A4, with bookmarks, page numbers and tags for screen readers.

    A letter that no font here holds leaves the promise of PDF/UA, not the text: then it is a
    tagged PDF without it.
    """
    data = json.dumps(_said(asdict(paper)) | _frame())
    try:
        return _set(data, at=at, standards=[ACCESSIBLE])
    except typst.TypstError:
        return _set(data, at=at, standards=[])


def kept_as(name: str, content: bytes) -> HttpResponse:
    """An answer that is kept as a file, by nobody on the way."""
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _set(data: str, *, at: datetime, standards: list[Any]) -> bytes:
    made = typst.compile(
        PAGE,
        root=PAGE.parent,
        font_paths=_fonts(),
        sys_inputs={"data": data},
        format="pdf",
        timestamp=int(at.timestamp()),
        pdf_standards=standards,
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """Those that the library brings, and those of the machine: they hold Chinese, where Latin,
    Greek and Cyrillic do not suffice."""
    return typst.Fonts(include_system_fonts=True)


def _frame() -> dict[str, str]:
    language, _sep, region = (get_language() or "en").partition("-")
    return {
        "language": language,
        "region": region.upper() if len(region) == 2 else "",
        "page": _("Page %(n)s of %(all)s") % {"n": "{n}", "all": "{all}"},
        "more": _("In Baton"),
    }


def _said(plain: Any) -> Any:
    """All texts of it as they can be set; addresses stay as they are, also those of ``names``."""
    if isinstance(plain, str):
        return settable(plain)
    if isinstance(plain, dict):
        said = {key: one if key == "url" else _said(one) for key, one in plain.items()}
        if names := plain.get("names"):
            said["names"] = [(settable(words), url) for words, url in names]
        return said
    if isinstance(plain, list | tuple):
        return [_said(one) for one in plain]
    return plain
