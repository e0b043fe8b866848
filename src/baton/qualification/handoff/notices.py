"""What the handoff tells in the inbox: to reps about their leads, to marketing about verdicts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.addresses import address
from baton.core.facts import Fact
from baton.core.notices import actions as notices
from baton.core.notices.rules import AT_ONCE, HEARD
from baton.core.notices.slots import News, NoticeKind
from baton.marketing.campaigns.permissions import EDIT_CAMPAIGNS
from baton.marketing.campaigns.queries import owners_by_code
from baton.qualification.handoff.actions.telling import note_told_late
from baton.qualification.handoff.events import (
    HandedBack,
    HandoffEscalated,
    HandoffOffered,
    HandoffRejected,
    PersonDisqualified,
    TakenOver,
    VerdictReplied,
)
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.records.people.models import Person

SOON = timedelta(minutes=10)
MOST = 500  # told in one minute; the next one tells the rest


def _desk() -> str:
    return reverse("handoff:desk")


def seen(user: User, ids: Collection[int]) -> Collection[int]:
    """Which of these leads the user may still see."""
    rows = Handoff.objects.visible_to(user).filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _handoffs(ids: Iterable[int | None]) -> Mapping[int, Handoff]:
    known = {pk for pk in ids if pk}
    return Handoff.objects.select_related("person").in_bulk(known)


def _news(handoff: Handoff, *, to: int, cause: str, at: datetime) -> News:
    return News(
        user_id=to,
        cause=cause,
        what=handoff.person.full_name,
        url=address("handoff:lead", handoff.key),
        at=at,
        about_id=handoff.pk,
    )


def tell_offers(facts: Sequence[HandoffOffered]) -> Iterable[News]:
    """To who is asked, while they are still."""
    found = _handoffs(fact.handoff_id for fact in facts)
    for fact in facts:
        handoff = found.get(fact.handoff_id)
        if fact.rep_id and handoff and handoff.rep_id == fact.rep_id:
            yield _news(handoff, to=fact.rep_id, cause=f"fact {fact.id}", at=fact.happened_at)


def tell_passed_on(facts: Sequence[HandoffEscalated]) -> Iterable[News]:
    """To who was asked and did not answer."""
    found = _handoffs(fact.handoff_id for fact in facts)
    for fact in facts:
        handoff = found.get(fact.handoff_id)
        if fact.rep_id and handoff:
            yield _news(handoff, to=fact.rep_id, cause=f"fact {fact.id}", at=fact.happened_at)


def tell_verdicts(facts: Sequence[HandoffRejected | PersonDisqualified]) -> Iterable[News]:
    """To who owns the campaign that the MQL came from."""
    found = _handoffs(fact.handoff_id for fact in facts)
    owners = owners_by_code({one.campaign for one in found.values() if one.campaign})
    for fact in facts:
        handoff = found.get(fact.handoff_id or 0)
        owner = owners.get(handoff.campaign) if handoff else None
        if handoff and owner and owner != fact.actor_id:
            yield _news(handoff, to=owner, cause=f"fact {fact.id}", at=fact.happened_at)


def tell_who_handed_on(facts: Sequence[HandedBack | TakenOver]) -> Iterable[News]:
    """Of an answer to it, on the page of the person, who is theirs still."""
    found = _handoffs(fact.handoff_id for fact in facts)
    for fact in facts:
        handoff = found.get(fact.handoff_id)
        if handoff and fact.handed_by_id and fact.handed_by_id != fact.actor_id:
            yield _of_person(handoff, to=fact.handed_by_id, fact=fact)


def _of_person(handoff: Handoff, *, to: int, fact: Fact) -> News:
    return News(
        user_id=to,
        cause=f"fact {fact.id}",
        what=handoff.person.full_name,
        url=handoff.person.get_absolute_url(),
        at=fact.happened_at,
        about_id=handoff.person_id,
    )


def people_seen(user: User, ids: Collection[int]) -> Collection[int]:
    """Which of these people the user may still see."""
    rows = Person.objects.visible_to(user).living().filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def tell_replies(facts: Sequence[VerdictReplied]) -> Iterable[News]:
    """To who gave the verdict. Of a lost deal its module tells."""
    found = _handoffs(fact.handoff_id for fact in facts)
    for fact in facts:
        handoff = None if fact.deal_id else found.get(fact.handoff_id)
        if handoff and fact.rep_id and fact.rep_id != fact.actor_id:
            yield _news(handoff, to=fact.rep_id, cause=f"fact {fact.id}", at=fact.happened_at)


@transaction.atomic
def tell_late(*, at: datetime) -> int:
    """To who is late by now; once a round, and once for the first response: which they were told
    is written down, so that those who wait for long stand in nobody's way. Says how many."""
    rows = Handoff.objects.filter(rep__isnull=False).select_related("person")
    rows = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    told: list[Handoff] = []
    for name, due in (
        ("accept_due_at", rows.answer_due(until=at)),
        ("respond_due_at", rows.response_due(until=at)),
    ):
        late = list(due.exclude(told_due_at=F(name))[:MOST])
        note_told_late({handoff.pk: getattr(handoff, name) for handoff in late})
        told += late
    if told:
        notices.tell(LATE, [_of_clock(handoff, "late", at=at) for handoff in told])
    return len(told)


def soon_news(*, at: datetime) -> Iterator[News]:
    """To whose clock ends within minutes."""
    rows = Handoff.objects.filter(rep__isnull=False, offered_at__lte=at - SOON)
    rows = rows.select_related("person")
    for due in (
        rows.answer_due(until=at + SOON).filter(accept_due_at__gt=at),
        rows.response_due(until=at + SOON).filter(respond_due_at__gt=at),
    ):
        for handoff in due[:MOST]:
            yield _of_clock(handoff, "soon", at=at)


def _of_clock(handoff: Handoff, word: str, *, at: datetime) -> News:
    cause = f"handoff {handoff.pk} {handoff.round} {handoff.state} {word}"
    return _news(handoff, to=handoff.rep_id or 0, cause=cause, at=at)


OFFERED = NoticeKind(
    name="lead.offered",
    label=_("A lead is offered to me"),
    title=_("%(what)s is offered to you"),
    many=_("%(n)s leads are offered to you"),
    icon="leads",
    many_url=_desk,
    fact=HandoffOffered,
    tell=tell_offers,
    seen=seen,
    permission=ANSWER_HANDOFFS.name,
    ways=AT_ONCE,
    rings=True,
)
SOON_LATE = NoticeKind(
    name="lead.soon",
    label=_("A clock of my leads is near its end"),
    title=_("The clock of %(what)s ends soon"),
    many=_("The clocks of %(n)s leads end soon"),
    icon="clock",
    many_url=_desk,
    seen=seen,
    permission=ANSWER_HANDOFFS.name,
    ways=HEARD,
    rings=True,
)
LATE = NoticeKind(
    name="lead.late",
    label=_("I am late with a lead"),
    title=_("%(what)s waits longer than agreed"),
    many=_("%(n)s leads wait longer than agreed"),
    icon="alert",
    many_url=_desk,
    seen=seen,
    permission=ANSWER_HANDOFFS.name,
    ways=AT_ONCE,
    rings=True,
)
PASSED_ON = NoticeKind(
    name="lead.passed_on",
    label=_("A lead that I did not answer went to somebody else"),
    title=_("%(what)s went to somebody else"),
    many=_("%(n)s leads went to somebody else"),
    icon="handoff",
    many_url=_desk,
    fact=HandoffEscalated,
    tell=tell_passed_on,
    seen=seen,
    permission=ANSWER_HANDOFFS.name,
)
REJECTED = NoticeKind(
    name="lead.rejected",
    label=_("Sales rejected an MQL of my campaign"),
    title=_("Sales rejected %(what)s"),
    many=_("Sales rejected %(n)s MQLs"),
    icon="x",
    many_url=lambda: reverse("handoff:quality"),
    fact=HandoffRejected,
    tell=tell_verdicts,
    seen=seen,
    permission=EDIT_CAMPAIGNS.name,
)
DISQUALIFIED = NoticeKind(
    name="lead.disqualified",
    label=_("Sales disqualified an MQL of my campaign"),
    title=_("Sales disqualified %(what)s"),
    many=_("Sales disqualified %(n)s MQLs"),
    icon="lost",
    many_url=lambda: reverse("handoff:quality"),
    fact=PersonDisqualified,
    tell=tell_verdicts,
    seen=seen,
    permission=EDIT_CAMPAIGNS.name,
)
REPLIED = NoticeKind(
    name="lead.replied",
    label=_("Marketing answers a reason of mine"),
    title=_("Marketing answers your verdict on %(what)s"),
    many=_("Marketing answers %(n)s of your verdicts"),
    icon="reply",
    many_url=_desk,
    fact=VerdictReplied,
    tell=tell_replies,
    seen=seen,
    permission=ANSWER_HANDOFFS.name,
)
RETURNED = NoticeKind(
    name="lead.handed_back",
    label=_("An account executive turns down whom I handed on"),
    title=_("%(what)s comes back to you"),
    many=_("%(n)s leads come back to you"),
    icon="undo",
    many_url=_desk,
    fact=HandedBack,
    tell=tell_who_handed_on,
    seen=people_seen,
    permission=ANSWER_HANDOFFS.name,
)
TAKEN_OVER = NoticeKind(
    name="lead.taken_over",
    label=_("An account executive takes over whom I handed on"),
    title=_("%(what)s was taken over"),
    many=_("%(n)s leads were taken over"),
    icon="check",
    many_url=_desk,
    fact=TakenOver,
    tell=tell_who_handed_on,
    seen=people_seen,
    permission=ANSWER_HANDOFFS.name,
)
KINDS = (
    *(OFFERED, SOON_LATE, LATE, PASSED_ON, REJECTED, DISQUALIFIED, REPLIED),
    *(RETURNED, TAKEN_OVER),
)
