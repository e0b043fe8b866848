"""Components that stand by the dozen on a page, drawn without a template of their own.

A component of ``templates/cotton`` costs more than the little that it draws: its context, its
lookups, its nodes. ``<c-button>`` and its like are functions here instead; pages write them as they
write all. What is keyword-only is an attribute of the component; ``attrs`` takes the others, drawn,
and ``token`` gives the hidden field of a form that posts.
"""

from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter, signature
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from baton.core.ui import marks
from baton.core.ui.marks import said

Words = str | Promise
Token = Callable[[], str]


class Drawn:
    """A component and what the linter of templates asks of it."""

    def __init__(self, draw: Callable[..., SafeString]) -> None:
        found = signature(draw).parameters.values()
        self.draw = draw
        self.attributes = {one.name for one in found if one.kind is Parameter.KEYWORD_ONLY}
        self.passes = any(one.name == "attrs" for one in found)
        self.posts = any(one.name == "token" for one in found)

    def __call__(
        self, slot: str, given: Mapping[str, Any], rest: str, token: Token = str
    ) -> SafeString:
        more = [rest] if self.passes else []
        return self.draw(slot, *more, *([token] if self.posts else []), **given)


def pair(name: str, value: Any) -> str:
    """One attribute of HTML, with the blank before it; nothing for what is not given."""
    return f' {name}="{said(value)}"' if value else ""


def _icon(_slot: str, *, name: str = "", small: Any = "", label: Any = "") -> SafeString:
    return marks.icon(str(name), is_small=bool(small), label=str(label))


def _avatar(_slot: str, *, name: Any = "", size: str = "s", square: Any = "") -> SafeString:
    return marks.avatar(str(name), size, is_square=bool(square))


def _badge(slot: str, *, hue: str = "gray", icon: str = "") -> SafeString:
    return marks.badge(slot, hue, icon)


def _owner(_slot: str, *, user: Any = None, nobody: str = "") -> SafeString:
    return marks.owner(user, nobody)


def _score(_slot: str, *, value: Any = "", max: Any = 100, threshold: Any = "") -> SafeString:  # noqa: A002 -- the word of HTML
    known = None if value in {"", None} else value
    return marks.score(known, of=max, threshold=threshold or None)


def _button(
    slot: str,
    attrs: str,
    *,
    kind: str = "",
    icon: str = "",
    key: str = "",
    href: Any = "",
    type: str = "submit",  # noqa: A002 -- the word of HTML
    name: Any = "",
    value: Any = "",
    form: Any = "",
    formaction: Any = "",
    small: Any = "",
    wide: Any = "",
    disabled: Any = "",
    opens: Any = "",
) -> SafeString:
    look = f"button {said(kind)}{' small' if small else ''}{' wide' if wide else ''}"
    drawn = marks.icon(icon) if icon else ""
    shown = f"<kbd>{said(key.upper())}</kbd>" if key else ""
    inside = f"{drawn}{slot}{shown}"
    if href:
        address = f"{pair('href', href)}{pair('data-key', key)}"
        return SafeString(f'<a class="{look}"{address} {attrs}>{inside}</a>')
    does = f"{pair('popovertarget', opens)}{_sent(name, value)}{pair('form', form)}"
    does += f"{pair('formaction', formaction)}{pair('data-key', key)}"
    does += " disabled" if disabled else ""
    kind_of = "button" if opens else said(type)
    return SafeString(f'<button class="{look}" type="{kind_of}"{does} {attrs}>{inside}</button>')


def _sent(name: Any, value: Any) -> str:
    """An empty value is sent, too."""
    return f'{pair("name", name)} value="{said("" if value is None else value)}"' if name else ""


def _icon_button(
    _slot: str,
    attrs: str,
    *,
    icon: str = "",
    label: Words = "",
    href: Any = "",
    type: str = "button",  # noqa: A002 -- the word of HTML
    key: str = "",
    name: Any = "",
    value: Any = "",
    formaction: Any = "",
    opens: Any = "",
) -> SafeString:
    words = said(label)
    told = f'aria-label="{words}" title="{words}"'
    drawn, presses, kind = marks.icon(icon), pair("data-key", key), said(type)
    if href:
        address = pair("href", href)
        return SafeString(f'<a class="icon-button"{address} {told}{presses} {attrs}>{drawn}</a>')
    does = f"{pair('popovertarget', opens)}{_sent(name, value)}{pair('formaction', formaction)}"
    return SafeString(
        f'<button class="icon-button" type="{kind}" {told}{does}{presses} {attrs}>{drawn}</button>'
    )


def _tab(
    slot: str, attrs: str, *, href: Any = "", current: Any = "", count: Any = ""
) -> SafeString:
    here = ' aria-current="page"' if current else ""
    figure = f'<span class="n">{said(count)}</span>' if count or count == 0 else ""
    address = said(href)
    return SafeString(f'<a class="tab" href="{address}"{here} {attrs}>{slot}{figure}</a>')


def _segment(
    slot: str, attrs: str, *, href: Any = "", current: Any = "", icon: str = ""
) -> SafeString:
    here = ' aria-current="true"' if current else ""
    drawn = marks.icon(icon, is_small=True) if icon else ""
    address = said(href)
    return SafeString(f'<a class="segment" href="{address}"{here} {attrs}>{drawn}{slot}</a>')


def _chip(slot: str, attrs: str, *, href: Any = "", on: Any = "", icon: str = "") -> SafeString:
    drawn = marks.icon(icon) if icon else ""
    before, after = ("", drawn) if on else (drawn, "")
    look, address = "chip on" if on else "chip", said(href)
    return SafeString(
        f'<a class="{look}" href="{address}" {attrs}>{before}<span>{slot}</span>{after}</a>'
    )


def _prop(
    slot: str,
    *,
    label: Words = "",
    term: str = "",
    edit: Any = "",
    id: Any = "",  # noqa: A002 -- the word of HTML
    focus: Any = "",
) -> SafeString:
    """A field of a record; with ``edit`` it is changed in place."""
    words = said(label)
    if edit:
        address, held = said(edit), " data-focus" if focus else ""
        shown = (
            f'<a class="value" href="{address}" hx-get="{address}" hx-target="closest .prop" '
            f'hx-swap="outerHTML"{held}><span class="unseen">{_("Edit")} {words}: </span>{slot}'
            f"{marks.pencil()}</a>"
        )
    else:
        shown = f'<span class="value">{slot}</span>'
    head = marks.term(label, term) if term else words
    return SafeString(f'<div class="prop"{pair("id", id)}><dt>{head}</dt><dd>{shown}</dd></div>')


def _menu_item(
    slot: str,
    attrs: str,
    token: Token,
    *,
    href: Any = "",
    action: Any = "",
    name: Any = "",
    value: Any = "",
    icon: str = "",
    key: str = "",
    danger: Any = "",
    confirm: Words = "",
) -> SafeString:
    look = "menu-item danger" if danger else "menu-item"
    shown = f"<kbd>{said(key)}</kbd>" if key else ""
    inside = f"{marks.icon(icon) if icon else ''}{slot}{shown}"
    if not action:
        return SafeString(f'<a class="{look}" href="{said(href)}" {attrs}>{inside}</a>')
    return SafeString(
        f'<form method="post" action="{said(action)}" {attrs}{pair("data-confirm", confirm)}>'
        f'{token()}<button class="{look}"{_sent(name, value)}>{inside}</button></form>'
    )


def _menu(
    slot: str,
    *,
    id: Any = "",  # noqa: A002 -- the word of HTML
    label: Words = "",
    icon: str = "more",
    trigger: Words = "",
    kind: str = "",
) -> SafeString:
    name, drawn = said(id), marks.icon(icon) if icon else ""
    look, inside = f'class="button {said(kind)}"', f"{drawn}{said(trigger)}"
    if not trigger:
        words = said(label)
        look, inside = f'class="icon-button" aria-label="{words}" title="{words}"', drawn
    return SafeString(
        f'<button {look} type="button" popovertarget="{name}">{inside}</button>'
        f'<div class="menu" id="{name}" popover>{slot}</div>'
    )


def ways(found: Iterable[tuple[Words, str, bool]], icon: str) -> SafeString:
    """Items of a menu that lead to the same page in other ways; the present one is ticked."""
    drawn = []
    for label, url, is_current in found:
        mark, here = ("check", "true") if is_current else (icon, "false")
        inside = f"{marks.icon(mark)}{said(label)}"
        drawn.append(f'<a class="menu-item" href="{said(url)}" aria-current="{here}">{inside}</a>')
    return SafeString("".join(drawn))


def _popup(
    slot: str,
    *,
    id: Any = "",  # noqa: A002 -- the word of HTML
    title: Words = "",
    level: Any = 3,
) -> SafeString:
    name, head = said(id), f"h{said(level)}"
    close = _icon_button("", "data-close", icon="x", label=_("Close"))
    return SafeString(
        f'<div class="popup" id="{name}" popover role="dialog" aria-labelledby="{name}-title">'
        f'<{head} id="{name}-title">{said(title)}</{head}>{close}{slot}</div>'
    )


def _tabs(slot: str, *, label: Words = "") -> SafeString:
    return SafeString(f'<nav class="tabs" aria-label="{said(label)}">{slot}</nav>')


def _search(
    _slot: str, attrs: str, *, name: Any = "q", value: Any = "", label: Words = ""
) -> SafeString:
    return SafeString(
        f'<label class="quick-filter">{marks.icon("search", is_small=True)}'
        f'<span class="unseen">{said(label)}</span><input type="search" name="{said(name)}" '
        f'value="{said(value)}" placeholder="{said(_("Filter"))}" data-key="/" autocomplete="off" '
        f"{attrs}></label>"
    )


DRAWN: Mapping[str, Drawn] = {
    "avatar": Drawn(_avatar),
    "badge": Drawn(_badge),
    "button": Drawn(_button),
    "chip": Drawn(_chip),
    "icon": Drawn(_icon),
    "icon-button": Drawn(_icon_button),
    "menu": Drawn(_menu),
    "menu-item": Drawn(_menu_item),
    "owner": Drawn(_owner),
    "popup": Drawn(_popup),
    "prop": Drawn(_prop),
    "score": Drawn(_score),
    "search": Drawn(_search),
    "segment": Drawn(_segment),
    "tab": Drawn(_tab),
    "tabs": Drawn(_tabs),
}
