"""The marks that stand by the dozen on every page, drawn without a template: a component costs
more than all that it draws. The components of the same names (``<c-icon>``) are drawn here, too.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from baton.core.ui import formats
from baton.core.ui.meters import meter

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


@lru_cache(maxsize=2048)
def avatar(name: str, size: str = "s", *, is_square: bool = False) -> SafeString:
    return format_html(
        '<span class="avatar {}{} hue-{}" aria-hidden="true">{}</span>',
        size,
        " square" if is_square else "",
        formats.hue_of(name),
        formats.initials(name),
    )


def badge(words: Any, hue: str = "gray", icon_name: str = "") -> SafeString:
    drawn = icon(icon_name) if icon_name else ""
    return format_html('<span class="badge hue-{}">{}{}</span>', hue, drawn, words)


def owner(user: Any, nobody: str = "") -> SafeString:
    """Who it is; without anybody the words for that."""
    if not user:
        words = nobody or _("Nobody")
        return format_html('<span class="owner"><span class="meta">{}</span></span>', words)
    name = str(user)
    return format_html(
        '<span class="owner">{}<span class="cut">{}</span></span>', avatar(name), name
    )


def score(value: float | None, *, of: float = 100, threshold: float | None = None) -> SafeString:
    """A bar and the figure; teal from the threshold up, gray under it."""
    if value is None:
        return format_html('<span class="meta">{}</span>', _("No score"))
    hue = "gray" if threshold and float(value) < float(threshold) else "teal"
    title = ""
    if threshold:
        words = _("%(value)s of %(max)s, threshold %(threshold)s")
        title = words % {"value": value, "max": of, "threshold": threshold}
    return format_html(
        '<span class="score"{}><svg class="bar hue-{} thin" viewBox="0 0 100 6" '
        'preserveAspectRatio="none" aria-hidden="true"><rect width="{}" height="6"/></svg>'
        '<span class="unseen">{} </span>{}</span>',
        format_html(' title="{}"', title) if title else "",
        hue,
        meter(float(value), of=float(of)).value,
        _("Score"),
        value,
    )


def moment(at: datetime | None) -> Words:
    """Today 08:31, Yesterday, Fri 28, 3 Dec; the full date on hover. None is nothing."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        here.isoformat(timespec="seconds"),
        dateformat.format(here, "l j F Y, H:i"),
        formats.moment_words(at, now=timezone.now()),
    )


def day(on: date | None) -> Words:
    if on is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        on.isoformat(),
        dateformat.format(on, "l j F Y"),
        formats.day_words(on, today=timezone.localdate()),
    )


def _badge(value: Any, _row: Any) -> Words:
    """Of a plain word, or of what has a hue and a name."""
    if not value:
        return ""
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
