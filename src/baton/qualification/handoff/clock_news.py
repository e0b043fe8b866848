"""What the clocks beside the handoff tell: to who owes, and to those of the agreement's ladder."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.notices import actions as notices
from baton.core.notices.rules import AT_ONCE, HEARD
from baton.core.notices.slots import News, NoticeKind
from baton.core.offers import Label
from baton.qualification.handoff.actions import Ring, tend_clocks
from baton.qualification.handoff.events import ClockRanOut
from baton.qualification.handoff.models import Clock
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, MANAGE_HANDOFFS
from baton.qualification.handoff.queries.promised import Subject, subjects_of
from baton.qualification.handoff.rules import LADDER, ClockKind
from baton.qualification.handoff.rules.promised import Step


def seen(user: User, ids: Collection[int]) -> Collection[int]:
    """Which of these clocks the user may still see."""
    return set(Clock.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def tell_late(facts: Sequence[ClockRanOut], *, kind: str) -> Iterable[News]:
    """To who owes, while it is still owed."""
    ids = [fact.clock_id for fact in facts if fact.kind == kind]
    rows = Clock.objects.running().filter(pk__in=ids, owner__isnull=False) if ids else []
    clocks = {clock.pk: clock for clock in rows}
    subjects = subjects_of(clocks.values())
    for fact in facts:
        if clock := clocks.get(fact.clock_id):
            yield _news(
                clock, subjects[clock.pk], to=clock.owner_id or 0, word="late", at=fact.happened_at
            )


def soon_news(told: Collection[Ring], *, kind: str, at: datetime) -> Iterator[News]:
    """To whose promise ends soon."""
    clocks = [
        one.clock
        for one in told
        if one.step == Step.SOON and one.clock.kind == kind and one.clock.owner_id
    ]
    subjects = subjects_of(clocks)
    for clock in clocks:
        word = f"soon {clock.due_at:%Y%m%d%H%M}"
        yield _news(clock, subjects[clock.pk], to=clock.owner_id or 0, word=word, at=at)


def ladder_news(told: Collection[Ring], *, at: datetime) -> Iterator[News]:
    """To each of a role of the ladder who sees the clock; who owes knows already."""
    climbed = [one for one in told if one.step in LADDER]
    if not climbed:
        return
    ids = [one.clock.pk for one in climbed]
    able: Mapping[User, Collection[int]] = {
        user: seen(user, ids) for user in who_can_sign_in() if user.role in LADDER
    }
    subjects = subjects_of(one.clock for one in climbed)
    for one in climbed:
        for user, visible in able.items():
            is_asked = user.role == one.step and user.pk != one.clock.owner_id
            if is_asked and one.clock.pk in visible:
                subject = subjects[one.clock.pk]
                yield _news(one.clock, subject, to=user.pk, word="ladder", at=at)


@transaction.atomic
def ring_clocks(*, at: datetime) -> int:
    """What is due is written down and told in one commit; says how much it was."""
    told = tend_clocks(at=at)
    if told:
        for name, kind in SOON_KINDS.items():
            notices.tell(kind, soon_news(told, kind=name, at=at))
        notices.tell(PROMISE_WAITS, ladder_news(told, at=at))
    return len(told)


def _news(clock: Clock, subject: Subject, *, to: int, word: str, at: datetime) -> News:
    return News(
        user_id=to,
        cause=f"clock {clock.pk} {word}",
        what=subject.name,
        url=subject.url,
        at=at,
        about_id=clock.pk,
    )


def _page() -> str:
    return reverse("handoff:clocks")


_LATE: Mapping[ClockKind, tuple[Label, Label, Label]] = {
    ClockKind.REPLY: (
        _("I am late with an answer"),
        _("%(what)s waits for your answer longer than agreed"),
        _("%(n)s people wait for your answer longer than agreed"),
    ),
    ClockKind.IDLE: (
        _("A deal of mine lies idle"),
        _("%(what)s lies idle"),
        _("%(n)s deals of yours lie idle"),
    ),
    ClockKind.STEP: (
        _("A deal of mine has no next step"),
        _("%(what)s has no next step"),
        _("%(n)s deals of yours have no next step"),
    ),
}
_SOON: Mapping[ClockKind, tuple[Label, Label, Label]] = {
    ClockKind.REPLY: (
        _("An answer of mine is soon due"),
        _("Your answer to %(what)s is due soon"),
        _("%(n)s answers of yours are due soon"),
    ),
    ClockKind.IDLE: (
        _("A deal of mine is to be touched today"),
        _("%(what)s lies idle from this evening"),
        _("%(n)s deals of yours lie idle from this evening"),
    ),
    ClockKind.STEP: (
        _("A deal of mine needs a next step today"),
        _("%(what)s needs a next step today"),
        _("%(n)s deals of yours need a next step today"),
    ),
}


def _late_kind(kind: ClockKind) -> NoticeKind:
    label, title, many = _LATE[kind]
    return NoticeKind(
        name=f"{kind}.late",
        label=label,
        title=title,
        many=many,
        icon="alert",
        many_url=_page,
        fact=ClockRanOut,
        tell=lambda facts: tell_late(facts, kind=kind),
        seen=seen,
        permission=ANSWER_HANDOFFS.name,
        ways=AT_ONCE,
        rings=kind == ClockKind.REPLY,
    )


def _soon_kind(kind: ClockKind) -> NoticeKind:
    label, title, many = _SOON[kind]
    return NoticeKind(
        name=f"{kind}.soon",
        label=label,
        title=title,
        many=many,
        icon="clock",
        many_url=_page,
        seen=seen,
        permission=ANSWER_HANDOFFS.name,
        ways=HEARD,
        rings=kind == ClockKind.REPLY,
    )


LATE_KINDS = {kind: _late_kind(kind) for kind in ClockKind}
SOON_KINDS = {kind: _soon_kind(kind) for kind in ClockKind}
PROMISE_WAITS = NoticeKind(
    name="promise.waits",
    label=_("My team owes an answer or a deal longer than agreed"),
    title=_("%(what)s waits longer than agreed"),
    many=_("%(n)s people and deals wait longer than agreed"),
    icon="alert",
    many_url=lambda: reverse("handoff:clocks") + "?tab=team",
    seen=seen,
    permission=MANAGE_HANDOFFS.name,
    ways=AT_ONCE,
    rings=True,
)
CLOCK_KINDS = (*LATE_KINDS.values(), *SOON_KINDS.values(), PROMISE_WAITS)
