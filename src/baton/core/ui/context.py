"""What every page knows: the theme, the time, and where one may go."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from baton.core.addresses import place
from baton.core.locals import here, language
from baton.core.ui.components import DRAWN
from baton.core.ui.marks import icon, said
from baton.core.ui.pinned import pinned_of
from baton.core.ui.slots import (
    Count,
    Group,
    NavigationItem,
    PinnedPlace,
    banners,
    navigation,
)

THEME_COOKIE = "baton_theme"
THEMES = ("system", "light", "dark")
HEADINGS: dict[Group, str | Promise] = {
    Group.HANDOFF: _("Handoff"),
    Group.RELATIONS: _("Relations"),
    Group.MARKETING: _("Marketing"),
    Group.INSIGHT: _("Insight"),
}


@dataclass(frozen=True)
class Place:
    """One item of the sidebar as this user sees it."""

    item: NavigationItem
    url: str
    count: Count | None
    is_current: bool

    @property
    def drawn(self) -> SafeString:
        """Its line in the sidebar."""
        return _line(self.item, self.url, self.count, self.is_current, language())

    @property
    def in_menu(self) -> SafeString:
        """Its line in the menu behind one's name."""
        return _menu_line(self.item, self.url, language())


@lru_cache(maxsize=2_048)
def _line(
    item: NavigationItem,
    url: str,
    count: Count | None,
    is_current: bool,  # noqa: FBT001 -- kept by it, never written at a call
    _language: Any,
) -> SafeString:
    address, label = said(url), said(item.label)
    key = f' data-key="{item.key}"' if item.key else ""
    here = ' aria-current="page"' if is_current else ""
    on_phone = ' class="on-phone"' if item.on_phone else ""
    words = f"<span>{label}</span>"
    if item.short:
        short = said(item.short)
        words = f'<span class="no-phone">{label}</span><span class="only-phone">{short}</span>'
    return SafeString(
        f'<li{on_phone}><a class="side-link" href="{address}"{here}{key} title="{label}">'
        f"{icon(item.icon)}{words}{_figure(count)}</a></li>"
    )


@lru_cache(maxsize=256)
def _menu_line(item: NavigationItem, url: str, _language: Any) -> SafeString:
    return DRAWN["menu-item"](said(item.label), {"href": url, "icon": item.icon}, "")


def _figure(count: Count | None) -> str:
    if not count:
        return ""
    hue = "" if count.hue == "gray" else f" hue-{count.hue}"
    return f'<span class="side-count{hue}">{count.number}</span>'


@dataclass(frozen=True)
class Section:
    group: Group
    heading: str | Promise
    places: list[Place] = field(default_factory=list)
    is_open: bool = True

    @property
    def drawn(self) -> SafeString:
        lines = "".join([place.drawn for place in self.places])
        if not self.heading:
            return SafeString(f"<ul>{lines}</ul>")
        name, word = f"side-{self.group}", "fold" if self.is_open else "open"
        state = "true" if self.is_open else "false"
        head = (
            f'<button form="side-folds" name="{word}" value="{self.group}" data-fold'
            f' aria-expanded="{state}" aria-controls="{name}">{said(self.heading)}'
            f"{icon('down', is_small=True)}</button>"
        )
        return SafeString(f'<h2>{head}</h2><ul id="{name}">{lines}</ul>')


@dataclass(frozen=True)
class Shell:
    sections: list[Section]  # the sidebar, from top to bottom; empty ones are left out
    pinned: list[PinnedPlace]
    foot: list[Place]
    account: SafeString  # the menu behind one's name
    settings: list[Place]  # tabs that modules add to the settings
    theme_url: str  # empty: no switch
    fold_url: str  # where a heading's press is remembered
    banners: list[str] = field(default_factory=list)  # drawn already


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. The sidebar is counted only when a template draws it."""
    return {
        "csrf_token": SimpleLazyObject(lambda: token_of(request)),
        "theme": theme_of(request),
        "now": timezone.now(),
        "shell": SimpleLazyObject(lambda: _shell_for(request)),
    }


def token_of(request: HttpRequest) -> str:
    """What forms of this answer send back: hidden anew for each answer, as Django does, but not
    for each of the parts that it is drawn from."""
    kept: tuple[str, str] = vars(request).get("baton_token", ("", ""))
    if not kept[0] or kept[0] != request.META.get("CSRF_COOKIE"):
        token = get_token(request)
        kept = vars(request)["baton_token"] = (request.META["CSRF_COOKIE"], token)
    return kept[1]


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "system"


def _shell_for(request: HttpRequest) -> Shell:
    items = _placed(tuple(_allowed(request)), here())
    pinned = pinned_of(request) if _user_of(request) else []
    is_pinned = any(one.is_current for one in pinned)  # one place is the current one, not two
    current = "" if is_pinned else _current(request.path, [url for _item, url in items])
    places: dict[Group, list[Place]] = {group: [] for group in Group}
    for item, url in items:
        places[item.group].append(Place(item, url, _count(item, request), url == current))
    return Shell(
        sections=_sections(places, request),
        pinned=pinned,
        foot=places[Group.FOOT],
        account=_menu(places[Group.ACCOUNT], request),
        settings=places[Group.SETTINGS],
        theme_url=_first(places[Group.THEME]),
        fold_url=_first(places[Group.FOLD]),
        banners=list(_banners(request)),
    )


def _sections(places: dict[Group, list[Place]], request: HttpRequest) -> list[Section]:
    """Those with something in them. The group of the page that is shown stands open."""
    folded: frozenset[str] = getattr(_user_of(request), "folds", frozenset())
    return [
        Section(
            group,
            HEADINGS.get(group, ""),
            places[group],
            is_open=group not in folded or any(one.is_current for one in places[group]),
        )
        for group in (Group.TOP, *HEADINGS)
        if places[group]
    ]


def _first(places: list[Place]) -> str:
    return places[0].url if places else ""


@lru_cache(maxsize=256)
def _placed(
    items: tuple[NavigationItem, ...], _here: Any
) -> tuple[tuple[NavigationItem, str], ...]:
    """In their order, each with its address."""
    in_order = sorted(items, key=lambda item: item.position)
    return tuple((item, place(item.url_name)) for item in in_order)


def _menu(places: list[Place], request: HttpRequest) -> SafeString:
    return SafeString(
        "".join([_act(one, request) if one.item.is_post else one.in_menu for one in places])
    )


def _act(of: Place, request: HttpRequest) -> SafeString:
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{token_of(request)}">'
    given = {"action": of.url, "icon": of.item.icon}
    return DRAWN["menu-item"](said(of.item.label), given, "", lambda: token)


def _banners(request: HttpRequest) -> Iterator[str]:
    for banner in banners if _user_of(request) else ():
        context = banner.shown(request)
        if context is not None:
            yield render_to_string(banner.template, context, request=request)


def _user_of(request: HttpRequest) -> Any:
    user: Any = getattr(request, "user", None)  # an error page may come before the session
    return user if user is not None and user.is_authenticated else None


def _allowed(request: HttpRequest) -> Iterator[NavigationItem]:
    user = _user_of(request)
    for item in navigation if user else ():
        if not item.permission or user.may(item.permission):
            yield item


def _count(item: NavigationItem, request: HttpRequest) -> Count | None:
    found = item.count(request) if item.count else None
    return Count(found) if isinstance(found, int) else found


def _current(path: str, urls: list[str]) -> str:
    """The longest address that the path lies under; "/" is current only for itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")
