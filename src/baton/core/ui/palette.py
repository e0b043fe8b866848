"""What the palette lists: pins, recents, records, actions, places, each as far as the user may."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from baton.core.ui.matching import is_called, is_close, looser, typed_words
from baton.core.ui.pinned import pinned_of
from baton.core.ui.recents import Recent, recents_of
from baton.core.ui.slots import (
    Command,
    Finder,
    Group,
    NavigationItem,
    commands,
    finders,
    navigation,
)

MOST_PLACES = 6
MOST_CLOSE = 5
Words = str | Promise
NO_PLACES = (Group.ACCOUNT, Group.THEME)  # what one does there is an action


@dataclass(frozen=True, kw_only=True)
class Option:
    label: Words
    url: str
    icon: str
    note: Words = ""
    key: str = ""
    is_post: bool = False
    fields: tuple[tuple[str, str], ...] = ()  # what its form sends


@dataclass(frozen=True, kw_only=True)
class Section:
    name: str
    heading: Words
    options: list[Option]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """``is_hit`` False: nothing is called that; the sections then hold what is called nearly so,
    and the next steps."""

    text: str
    sections: list[Section]
    is_hit: bool


def findings(request: HttpRequest, text: str) -> Findings:
    """Without a text: what one pinned, what was open last, and what one can do."""
    text = " ".join(typed_words(text))
    known = recents_of(request)
    records = list(_records(request.user, text, known)) if text else _recent(request, known)
    sections = _filled([*records, _actions(request, text), *_places(request, text)])
    is_hit = bool(sections) or not text
    if not is_hit:
        sections = _filled([_close(request.user, text), *_steps(request)])
    return Findings(text=text, sections=sections, is_hit=is_hit)


def _filled(sections: Iterable[Section]) -> list[Section]:
    return [section for section in sections if section.options]


def _allowed(user: Any) -> list[Finder]:
    return sorted((one for one in finders if user.may(one.permission)), key=lambda f: f.position)


def _records(user: Any, text: str, known: list[Recent]) -> Iterator[Section]:
    """One query a kind; of what it finds first what was open lately."""
    for finder in _allowed(user):
        rows = sorted(finder.found(user, text), key=lambda row: (finder.name, row.key) not in known)
        options = [_record(finder, row) for row in rows]
        yield Section(name=finder.name, heading=finder.label, options=options)


def _close(user: Any, text: str) -> Section:
    """What is called nearly so: as few questions more as it takes, and none of short words."""
    options: list[Option] = []
    for asked in looser(text):
        rows = ((finder, row) for finder in _allowed(user) for row in finder.found(user, asked))
        found = (_record(finder, row) for finder, row in rows)
        options = [one for one in found if is_close(f"{one.label} {one.note}", text)]
        if options:
            break
    options.sort(key=lambda one: not is_close(str(one.label), text))
    return Section(name="close", heading=_("Close to it"), options=options[:MOST_CLOSE])


def _record(finder: Finder, row: Any) -> Option:
    return Option(
        label=finder.title(row),
        url=reverse(finder.page, args=[row.key]),
        icon=finder.icon,
        note=finder.note(row),
    )


def _recent(request: HttpRequest, known: list[Recent]) -> list[Section]:
    """One query for each kind that was open; what one may not see any more is left out, and what is
    pinned stands there."""
    pinned = [one for one in pinned_of(request) if not _is_here(request, one.url)]
    found: dict[Recent, Option] = {}
    for finder in _allowed(request.user):
        if keys := [key for name, key in known if name == finder.name]:
            for row in finder.opened(request.user, keys):
                found[finder.name, row.key] = _record(finder, row)
    options = [found[one] for one in known if one in found and not _is_here(request, str(one[1]))]
    places = {one.url for one in pinned}
    return [
        Section(
            name="pinned",
            heading=_("Pinned"),
            options=[Option(label=one.label, url=one.url, icon=one.icon) for one in pinned],
        ),
        Section(
            name="recent",
            heading=_("Recent"),
            options=[one for one in options if one.url not in places],
        ),
    ]


def _is_here(request: HttpRequest, part: str) -> bool:
    """The page from which is asked needs no way to itself."""
    return part in request.headers.get("HX-Current-URL", "")


def _may(request: HttpRequest, one: Command | NavigationItem) -> bool:
    user: Any = request.user
    return not one.permission or bool(user.may(one.permission))


def _actions(request: HttpRequest, text: str) -> Section:
    account = (one for one in navigation if one.group is Group.ACCOUNT)
    known: list[Command | NavigationItem] = [*commands, *account]
    options = [
        Option(
            label=one.label,
            url=reverse(one.url_name),
            icon=one.icon,
            key=one.key,
            is_post=one.is_post,
            fields=one.fields if isinstance(one, Command) else (),
        )
        for one in sorted(known, key=lambda one: one.position)
        if _may(request, one) and is_called(f"{one.label} {one.also}", text)
    ]
    return Section(name="action", heading=_("Actions"), options=options)


def _places(request: HttpRequest, text: str) -> list[Section]:
    """Only what is looked for: all of them stand in the sidebar."""
    if not text:
        return []
    order = list(Group)
    places = [
        Option(label=one.label, url=reverse(one.url_name), icon=one.icon, key=one.key)
        for one in sorted(navigation, key=lambda one: (order.index(one.group), one.position))
        if one.group not in NO_PLACES and _may(request, one)
        if is_called(f"{one.label} {one.also}", text)
    ]
    return [Section(name="place", heading=_("Places"), options=places[:MOST_PLACES])]


def _steps(request: HttpRequest) -> list[Section]:
    """Where nothing is called so: make it; who may not looks where such things are listed."""
    names = [one for one in commands if one.makes and _may(request, one)]
    steps = [Option(label=one.label, url=reverse(one.url_name), icon=one.icon) for one in names]
    if not steps:
        named = {finder.permission for finder in _allowed(request.user)}
        steps = [
            Option(label=one.label, url=reverse(one.url_name), icon=one.icon)
            for one in navigation
            if one.permission in named and one.key
        ]
    return _filled([Section(name="step", heading=_("Next"), options=steps)])
