"""A record's timeline as ``timeline/panel.html`` draws it: composer, open tasks, days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.access.visibility import team_ids
from baton.core.facts import Side
from baton.core.keys import new_key
from baton.core.prepared import Prepared
from baton.records.timeline import rules
from baton.records.timeline.models import Draft
from baton.records.timeline.permissions import EDIT_TIMELINE
from baton.records.timeline.queries.entries import LOAD, TimelinePage, timeline_of
from baton.records.timeline.queries.pinned import pinned_at
from baton.records.timeline.queries.tasks import TaskShown, open_tasks_about
from baton.records.timeline.rules import Entry, Nearness
from baton.records.timeline.slots import Subject

SIDES: Mapping[str, Promise] = {
    "": gettext_lazy("Everything"),
    Side.SALES: gettext_lazy("Sales"),
    Side.MARKETING: gettext_lazy("Marketing"),
}
LOAD_AT_CAMPAIGN = 300  # facts: many people do the same there, and that is told at once
NAMED = 3  # people of one entry
DAY_FORMATS = {
    Nearness.WEEKDAY: "l j F",
    Nearness.THIS_YEAR: "j F",
    Nearness.OTHER_YEAR: "j F Y",
}


@dataclass(frozen=True, kw_only=True)
class EntryShown:
    entry: Entry
    title: str
    meta: str
    edit_url: str  # "" for who may not edit it
    pin_url: str  # likewise


@dataclass(frozen=True, kw_only=True)
class DayShown:
    heading: str
    entries: list[EntryShown]


@dataclass(frozen=True, kw_only=True)
class SideShown:
    label: str | Promise
    query: str  # of the record's page, and of the fragment
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class TimelineShown:
    """All that the panel needs. ``url`` answers with fragments, ``write_url`` takes the form."""

    subject: Subject
    url: str
    write_url: str
    pinned: list[EntryShown]
    days: list[DayShown]
    sides: list[SideShown]
    older: str  # query of the next page; "" on the last
    is_first: bool
    tasks: list[TaskShown]
    may_write: bool
    user: User
    draft_url: str
    mentions_url: str  # whom an @ may mean
    draft: Mapping[str, Mapping[str, str]] | None  # what was typed and not sent, as of a form
    token: str  # of this composer
    colleagues: Callable[[], list[User]]  # who may be given a task, when the composer is drawn


def timeline_shown(
    subject: Subject, *, user: User, at: datetime, side: str = "", before: str = ""
) -> TimelineShown:
    """One page of a record's timeline. An unknown ``side`` or ``before`` counts as none."""
    side = side if side in SIDES else ""
    before = before if _is_mark(before) else ""
    page = _page(subject, user=user, side=side, before=before)
    may_write = user.may(EDIT_TIMELINE)
    return TimelineShown(
        subject=subject,
        url=reverse("timeline:subject", args=[subject.kind, subject.key]),
        write_url=reverse("timeline:write", args=[subject.kind, subject.key]),
        pinned=[] if before else _pinned(subject, user=user),
        days=_days(page.entries, user=user, today=timezone.localtime(at).date()),
        sides=[
            SideShown(label=label, query=_query(side=name), is_current=name == side)
            for name, label in SIDES.items()
        ],
        older=_query(side=side, before=page.older) if page.older else "",
        is_first=not before,
        tasks=[] if before else open_tasks_about(subject, user=user, at=at),
        may_write=may_write,
        user=user,
        draft_url=reverse("timeline:draft", args=[subject.kind, subject.key]),
        mentions_url=reverse("timeline:colleagues", args=[subject.kind, subject.key]),
        draft=None if before or not may_write else draft_of(subject, user=user),
        token=str(new_key()),
        colleagues=lambda: _NAMED.rows(user=user),
    )


def _page(subject: Subject, *, user: User, side: str, before: str) -> TimelinePage:
    return timeline_of(
        person_ids=subject.person_ids,
        company_id=subject.company.pk if subject.company else None,
        deal_id=subject.deal_id,
        campaign_id=subject.campaign_id,
        side=side or None,
        before=before,
        limit=LOAD_AT_CAMPAIGN if subject.campaign_id else LOAD,
        user=user,
    )


_DRAFT = Prepared(lambda user, kind, key: Draft.objects.filter(user=user, kind=kind, key=key)[:1])


def draft_of(subject: Subject, *, user: User) -> dict[str, dict[str, str]] | None:
    """What this user typed about the record and did not send; None for nothing."""
    kept = _DRAFT.first(user=user.pk, kind=subject.kind, key=subject.key)
    return {name: {"value": text} for name, text in kept.values.items()} if kept else None


def colleagues_of(user: User) -> QuerySet[User]:
    """Whom this user may give a task: themself, their team, or everybody who signs in."""
    found = User.objects.filter(is_active=True, deleted_at=None).order_by("name", "pk")
    if user.scope(EDIT_TIMELINE) is Scope.ALL:
        return found.filter(Q(email__isnull=False) | Q(pk=user.pk))
    return found.filter(Q(team__in=team_ids(user)) | Q(pk=user.pk))


_NAMED = Prepared(lambda user: colleagues_of(user).only("key", "name"))


def day_heading(on: date, *, today: date) -> str:
    """Today, Yesterday, Friday 20 November, 24 September, 24 September 2025."""
    near = rules.nearness(on, today=today)
    if near is Nearness.TODAY:
        return _("Today")
    return (
        _("Yesterday") if near is Nearness.YESTERDAY else dateformat.format(on, DAY_FORMATS[near])
    )


def _pinned(subject: Subject, *, user: User) -> list[EntryShown]:
    """With their day, for they stand under none."""
    found = pinned_at(subject, user=user)
    writable_by = _within_reach(user, actor_ids={one.actor_id for one in found}) if found else set()
    return [
        _entry(
            replace(one, detail=", ".join(filter(None, [one.detail, _day_of(one)]))),
            writable_by=writable_by,
        )
        for one in found
    ]


def _day_of(entry: Entry) -> str:
    on = timezone.localtime(entry.at)
    return dateformat.format(on, DAY_FORMATS[Nearness.OTHER_YEAR])


def _days(entries: list[Entry], *, user: User, today: date) -> list[DayShown]:
    actor_ids = {entry.actor_id for entry in entries if entry.edit_url}
    writable_by = _within_reach(user, actor_ids=actor_ids) if actor_ids else set()
    return [
        DayShown(
            heading=day_heading(day.on, today=today),
            entries=[_entry(entry, writable_by=writable_by) for entry in day.entries],
        )
        for day in rules.days_of(entries, zone=timezone.get_current_timezone())
    ]


def _is_mark(before: str) -> bool:
    try:
        rules.Before.read(before)
    except ValueError:
        return False
    return True


def _query(**wanted: str) -> str:
    return urlencode({name: value for name, value in wanted.items() if value})


def _within_reach(user: User, *, actor_ids: set[int | None]) -> set[int | None]:
    """Of those who wrote, the ones whose words this user may edit."""
    scope = user.scope(EDIT_TIMELINE)
    if scope is Scope.ALL:
        return actor_ids
    mine: set[int | None] = {user.pk} if scope else set()
    if scope is Scope.TEAM:
        mine |= set(_OF_TEAMS.rows(ids=[pk for pk in actor_ids if pk], teams=team_ids(user)))
    return mine


_OF_TEAMS: Prepared[int] = Prepared(
    lambda ids, teams: User.objects.filter(pk__in=ids, team__in=teams).values_list("pk", flat=True)
)


def _entry(entry: Entry, *, writable_by: set[int | None]) -> EntryShown:
    title, who = entry.title, entry.who
    if len(entry.people) > 1:
        words = ngettext("%(title)s: %(n)d person", "%(title)s: %(n)d people", len(entry.people))
        title, who = words % {"title": entry.title, "n": len(entry.people)}, _names(entry.people)
    elif entry.count > 1:
        words = ngettext("%(title)s %(count)d time", "%(title)s %(count)d times", entry.count)
        title = words % {"title": entry.title, "count": entry.count}
    return EntryShown(
        entry=entry,
        title=title,
        meta=", ".join(filter(None, [who, _hours(entry), entry.detail])),
        edit_url=entry.edit_url if entry.actor_id in writable_by else "",
        pin_url=entry.pin_url if entry.actor_id in writable_by else "",
    )


def _names(people: Sequence[str]) -> str:
    """The first of them, and how many more."""
    more = len(people) - NAMED
    named = ", ".join(people[:NAMED])
    if more <= 0:
        return named
    words = ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", more)
    return words % {"names": named, "n": more}


def _hours(entry: Entry) -> str:
    """16:20, and of a run 07:58 to 09:41."""
    until = f"{timezone.localtime(entry.at):%H:%M}"
    if entry.since is None:
        return until
    since = f"{timezone.localtime(entry.since):%H:%M}"
    return (
        until if since == until else _("%(since)s to %(until)s") % {"since": since, "until": until}
    )
