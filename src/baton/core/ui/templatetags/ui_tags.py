"""Figures, times and names as people write them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField, CheckboxInput
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import escape
from django.utils.safestring import SafeString

from baton.core.languages import language_name
from baton.core.ui import components, formats, marks, meters
from baton.core.ui.messages import link_of, undo_url_of
from baton.core.ui.words import definition

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str = "") -> str:
    return formats.money(amount, currency)


@register.filter
def money_short(amount: Decimal | None, currency: str = "") -> str:
    return formats.money(amount, currency, short=True)


@register.filter
def money_rough(amount: Decimal | None, currency: str = "") -> str:
    return formats.rough(amount, currency)


@register.filter
def percent(rate: Decimal | float | None, decimals: int = 0) -> str:
    return formats.percent(rate, decimals=decimals)


@register.filter
def duration(span: timedelta | None) -> str:
    return formats.duration_words(span)


@register.filter
def working(minutes: int) -> str:
    return formats.working_words(minutes)


@register.filter
def grouped(value: Decimal | float | None, decimals: int = 0) -> str:
    return formats.unknown() if value is None else formats.grouped(value, decimals=decimals)


@register.filter
def foldable(address: str) -> SafeString:
    """An address that breaks before its @ rather than within a word."""
    parts = [escape(part) for part in address.split("@")]
    return SafeString("<wbr>@".join(parts))


@register.filter
def or_unknown(value: Any) -> Any:
    return formats.unknown() if value is None else value


@register.filter
def language(code: str) -> str:
    """English, not en."""
    return language_name(code)


@register.filter
def when(at: datetime | None) -> SafeString | str:
    return marks.moment(at)


@register.filter
def when_inside(at: datetime | None) -> SafeString | str:
    """The same in the middle of a sentence: as of today 08:31."""
    return marks.moment(at, is_inside=True)


@register.filter
def day(on: date | None) -> SafeString | str:
    return marks.day(on)


@register.simple_tag
def icon(name: str, small: Any = "", label: str = "") -> SafeString:
    return marks.icon(str(name), is_small=bool(small), label=str(label))


@register.simple_tag
def avatar(name: Any, size: str = "s", square: Any = "") -> SafeString:
    return marks.avatar(str(name), size, is_square=bool(square))


@register.simple_tag
def badge(words: Any, hue: str = "gray", icon_name: str = "") -> SafeString:
    return marks.badge(words, hue, icon_name)


@register.simple_tag
def options(records: Iterable[Any], chosen: Any = "") -> SafeString:
    return marks.options(records, chosen)


@register.simple_tag
def choices(found: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    return marks.choices(found, chosen)


@register.simple_tag
def ways(found: Iterable[tuple[Any, str, bool]], icon: str) -> SafeString:
    return components.ways(found, icon)


@register.simple_tag
def owner(user: Any, nobody: str = "") -> SafeString:
    return marks.owner(user, nobody)


@register.simple_tag
def score(value: Any, of: Any = 100, threshold: Any = "") -> SafeString:
    """Attributes of components arrive as text."""
    return marks.score(None if value == "" else value, of=of, threshold=threshold or None)


@register.filter
def initials(name: Any) -> str:
    return formats.initials(str(name))


@register.filter
def hue_of(name: Any) -> str:
    return formats.hue_of(str(name))


@register.filter
def undo_url(message: Message) -> str:
    return undo_url_of(message)


@register.filter
def link(message: Message) -> tuple[str, str]:
    return link_of(message)


@register.filter
def is_tick(field: BoundField) -> bool:
    """A single tick stands before its label."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def meaning(word: str) -> str:
    """The definition of one of our words, or "" when it has none."""
    return str(definition(word))


@register.filter
def score_hue(value: float, threshold: float | None) -> str:
    """Teal from the threshold up, gray under it."""
    return "gray" if threshold and float(value) < float(threshold) else "teal"


@register.simple_tag
def meter(value: Any, of: Any, plan: Any = "") -> meters.Meter:
    """Shares for a bar; attributes of components arrive as text."""
    return meters.meter(
        float(value or 0), of=float(of or 0), plan=None if plan in {"", None} else float(plan)
    )


@register.simple_tag(takes_context=True)
def again(context: template.Context, name: str) -> str:
    """Draw a block a second time: the title is the window's and the heading's."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return str(block.render(context)) if block else ""
