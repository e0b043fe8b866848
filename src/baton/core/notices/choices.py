"""Who wants to be told of what by which way: their own choice, else the role's, else ours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.notices.models import Choice, Habits, RoleChoice, Sending
from baton.core.notices.rules import (
    DIGEST_AT,
    State,
    Way,
    Ways,
    next_digest,
    read_ways,
    usual_ways,
    write_ways,
)
from baton.core.notices.slots import NoticeKind, notice_kinds

Chosen = Mapping[str, Ways]  # by the name of the kind


@dataclass(frozen=True, kw_only=True)
class Line:
    """Of one kind what the user gets, and what would be usual."""

    kind: NoticeKind
    ways: Ways
    usual: Ways


def ways_of(kind: NoticeKind, users: Iterable[User]) -> dict[int, Ways]:
    """By user id; two queries, however many users."""
    asked = list(users)
    own = dict(Choice.objects.filter(kind=kind.name, user__in=asked).values_list("user", "ways"))
    roles = dict(RoleChoice.objects.filter(kind=kind.name).values_list("role", "ways"))
    return {
        user.pk: read_ways(own[user.pk])
        if user.pk in own
        else _usual(kind, user.role, roles.get(user.role))
        for user in asked
    }


def _usual(kind: NoticeKind, role: str, made: Iterable[str] | None) -> Ways:
    if made is not None:
        return read_ways(made)
    return usual_ways(kind.ways, role=role, rings=kind.rings)


def usual_for(role: str) -> dict[str, Ways]:
    """Of each kind, as an admin made it or as we think."""
    made = dict(RoleChoice.objects.filter(role=role).values_list("kind", "ways"))
    return {kind.name: _usual(kind, role, made.get(kind.name)) for kind in notice_kinds}


def lines_for(user: User) -> list[Line]:
    """Of the kinds that the user may get."""
    own = dict(Choice.objects.filter(user=user).values_list("kind", "ways"))
    usual = usual_for(user.role)
    return [
        Line(
            kind=kind,
            ways=read_ways(own[kind.name]) if kind.name in own else usual[kind.name],
            usual=usual[kind.name],
        )
        for kind in notice_kinds
        if not kind.permission or user.may(kind.permission)
    ]


def habits_of(user: User) -> Habits:
    """Theirs, or the usual ones."""
    return Habits.objects.filter(user=user).first() or Habits(user=user)


@transaction.atomic
def choose_ways(*, user: User, chosen: Chosen) -> None:
    """Of these kinds from now on. What is the usual is not kept: it follows what admins change."""
    usual = usual_for(user.role)
    known = {name: ways for name, ways in chosen.items() if name in usual}
    Choice.objects.filter(user=user, kind__in=known).delete()
    Choice.objects.bulk_create(
        [
            Choice(user=user, kind=name, ways=write_ways(ways))
            for name, ways in sorted(known.items())
            if ways != usual[name]
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def choose_for_role(*, role: str, chosen: Chosen) -> None:
    """The usual for all of that role who did not choose; what equals ours is not kept."""
    ours = {kind.name: _usual(kind, role, None) for kind in notice_kinds}
    known = {name: ways for name, ways in chosen.items() if name in ours}
    RoleChoice.objects.filter(role=role, kind__in=known).delete()
    RoleChoice.objects.bulk_create(
        [
            RoleChoice(role=role, kind=name, ways=write_ways(ways))
            for name, ways in sorted(known.items())
            if ways != ours[name]
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def set_habits(*, user: User, digest_minute: int, keeps_quiet: bool, at: datetime) -> None:
    """What waits for the next digest comes at the new time."""
    values = {"digest_minute": digest_minute, "keeps_quiet": keeps_quiet}
    Habits.objects.update_or_create(user=user, defaults=values)
    replan_digests([user], at=at)


def replan_digests(users: Iterable[User], *, at: datetime) -> None:
    """Their day begins at another time, or has other days of work."""
    minutes = digest_minutes(asked := list(users))
    book = HoursBook(asked)
    for user in asked:
        due_at = next_digest(at, minute=minutes.get(user.pk, DIGEST_AT), hours=book.of(user))
        waiting = Sending.objects.filter(user=user, way=Way.DIGEST, state=State.WAITING)
        waiting.filter(due_at__gt=at).update(due_at=due_at)


def digest_minutes(users: Iterable[User]) -> dict[int, int]:
    """Of those who chose one."""
    return {pk: habits.digest_minute for pk, habits in habits_by_user(users).items()}


def habits_by_user(users: Iterable[User]) -> dict[int, Habits]:
    """Of those who have chosen any."""
    return {habits.user_id: habits for habits in Habits.objects.filter(user__in=users)}


def take_fewer(*, user: User, kind: str, way: Way) -> Ways | None:
    """One step quieter: no single mails but the day's, no line in the day's mail. What was before,
    or None where there is nothing to take."""
    line = next((one for one in lines_for(user) if one.kind.name == kind), None)
    if line is None or way not in line.ways:
        return None
    instead = {Way.DIGEST} if way is Way.MAIL else set()
    choose_ways(user=user, chosen={kind: (line.ways - {way}) | instead})
    return line.ways


def take_back(*, user: User, kind: str, way: Way, was_daily: bool) -> None:
    """Undoes ``take_fewer``, and touches no other way: nobody is signed in who asks for it.

    ``was_daily``: the mail of the day told of it before, too.
    """
    line = next((one for one in lines_for(user) if one.kind.name == kind), None)
    if line is None:
        return
    came_instead = {Way.DIGEST} if way is Way.MAIL and not was_daily else set()
    choose_ways(user=user, chosen={kind: (line.ways - came_instead) | {way}})
