"""The marks that stand by the dozen on every page, drawn without a template: a component costs
more than all that it draws. The components of the same names (``<c-icon>``) are drawn here, too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from baton.core.locals import language
from baton.core.ui import formats
from baton.core.ui.meters import meter
from baton.core.words import definition_of

Words = SafeString | str


@lru_cache(maxsize=512)
def icon(name: str, *, is_small: bool = False, label: str = "") -> SafeString:
    """One of the sprite; without a label only for the eye."""
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"/></svg>',
        " small" if is_small else "",
        SafeString(said),
        static("ui/dist/sprite.svg"),
        name,
    )


@cache
def pencil() -> SafeString:
    """Behind what is edited in place; seen when the pointer or the keyboard is there."""
    return format_html(
        '<svg class="icon pencil" aria-hidden="true"><use href="{}#pen"/></svg>',
        static("ui/dist/sprite.svg"),
    )


@lru_cache(maxsize=2048)
def avatar(name: str, size: str = "s", *, is_square: bool = False) -> SafeString:
    return format_html(
        '<span class="avatar {}{} hue-{}" aria-hidden="true">{}</span>',
        size,
        " square" if is_square else "",
        formats.hue_of(name),
        formats.initials(name),
    )


_SPEAKS_HTML = re.compile("[&<>\"']").search


def said(value: Any) -> str:
    """For HTML: what is marked as safe stays as it is; most words hold nothing to escape."""
    if type(value) is SafeString:
        return value
    if type(value) is not str:
        if hasattr(value, "__html__"):
            return str(value.__html__())
        value = str(value)
    return escape(value) if _SPEAKS_HTML(value) else value


def term(words: Any, word: str) -> SafeString:
    """Words with the definition of one of ours on hover."""
    meaning = said(definition_of(word))
    return SafeString(f'<abbr class="term" title="{meaning}">{said(words)}</abbr>')


def badge(words: Any, hue: str = "gray", icon_name: str = "") -> SafeString:
    drawn = icon(icon_name) if icon_name else ""
    return SafeString(f'<span class="badge hue-{said(hue)}">{drawn}{said(words)}</span>')


def owner(user: Any, nobody: str = "") -> SafeString:
    """Who it is; without anybody the words for that."""
    if not user:
        words = said(nobody or _("Nobody"))
        return SafeString(f'<span class="owner"><span class="meta">{words}</span></span>')
    return _person(str(user))


@lru_cache(maxsize=1024)
def _person(name: str) -> SafeString:
    return SafeString(
        f'<span class="owner">{avatar(name)}<span class="cut">{said(name)}</span></span>'
    )


def options(records: Iterable[Any], chosen: Any = "") -> SafeString:
    """Of a choice: each record by its key, the chosen one marked. There may be hundreds."""
    wanted = str(chosen or "")
    drawn = []
    for record in records:
        key = str(record.key)
        mark = " selected" if key == wanted else ""
        drawn.append(f'<option value="{key}"{mark}>{said(record)}</option>')
    return SafeString("".join(drawn))


def choices(found: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """The same of pairs: what is sent, and how it is called."""
    drawn = []
    for key, label in found:
        mark = " selected" if key == chosen else ""
        drawn.append(f'<option value="{said(key)}"{mark}>{said(label)}</option>')
    return SafeString("".join(drawn))


def named(name: Any, url: str, second: Any = "", *, is_square: bool = False) -> SafeString:
    """Who or what a row is: the avatar, the name as a link, the gray line under it."""
    return SafeString(
        f'{avatar(str(name), is_square=is_square)}<span><a href="{said(url)}">{said(name)}</a>'
        f'<span class="second">{said(second)}</span></span>'
    )


def score(value: float | None, *, of: float = 100, threshold: float | None = None) -> SafeString:
    """A bar and the figure; teal from the threshold up, gray under it."""
    return _score(value, of, threshold, language())


@lru_cache(maxsize=2_048, typed=True)
def _score(value: float | None, of: float, threshold: float | None, _language: Any) -> SafeString:
    if value is None:
        return SafeString(f'<span class="meta">{_("No score")}</span>')
    hue = "gray" if threshold and float(value) < float(threshold) else "teal"
    title = ""
    if threshold:
        words = _("%(value)s of %(max)s, threshold %(threshold)s")
        told = words % {"value": value, "max": of, "threshold": threshold}
        title = f' title="{said(told)}"'
    width = meter(float(value), of=float(of)).value
    return SafeString(
        f'<span class="score"{title}><svg class="bar hue-{hue} thin" viewBox="0 0 100 6" '
        f'preserveAspectRatio="none" aria-hidden="true"><rect width="{width}" height="6"/></svg>'
        f'<span class="unseen">{_("Score")} </span>{said(value)}</span>'
    )


def moment(at: datetime | None, *, is_inside: bool = False) -> Words:
    """Today 08:31, Yesterday, Fri 28, 3 Dec; the full date on hover. None is nothing."""
    if at is None:
        return ""
    zone = timezone.get_current_timezone()
    today = timezone.now().astimezone(zone).date()
    return _moment(at, zone, today, language(), is_inside=is_inside)


@lru_cache(maxsize=4_096)
def _moment(
    at: datetime, zone: tzinfo, today: date, _language: Any, *, is_inside: bool
) -> SafeString:
    here = timezone.localtime(at, zone)
    words = formats.moment_on(here, today=today, is_inside=is_inside)
    return SafeString(
        f'<time datetime="{here.isoformat(timespec="seconds")}" '
        f'title="{formats.whole_day(here.date())}, {here:%H:%M}">{said(words)}</time>'
    )


def day(on: date | None) -> Words:
    if on is None:
        return ""
    words = formats.day_words(on, today=timezone.localdate())
    return SafeString(
        f'<time datetime="{on.isoformat()}" title="{formats.whole_day(on)}">{said(words)}</time>'
    )


def _badge(value: Any, _row: Any) -> Words:
    """Of a plain word, or of what has a hue and a name, a mapping too."""
    if not value:
        return ""
    if isinstance(value, Mapping):
        return badge(value["name"], value.get("hue") or "gray")
    return badge(getattr(value, "name", "") or value, getattr(value, "hue", "") or "gray")


def _grouped(value: Any, _row: Any) -> str:
    return formats.unknown() if value is None else formats.grouped(value)


# What stands in a cell of a list, by the kind of its column.
CELLS: Mapping[str, Callable[[Any, Any], Any]] = {
    "text": lambda value, _row: "" if value is None else value,
    "figure": lambda value, _row: "" if value is None else value,
    "number": _grouped,
    "money": lambda value, row: formats.money(value, getattr(row, "currency", "")),
    "percent": lambda value, _row: formats.percent(value),
    "day": lambda value, _row: day(value),
    "when": lambda value, _row: moment(value),
    "badge": _badge,
    "owner": lambda value, _row: owner(value),
    "score": lambda value, _row: score(value),
}
