"""Handoffs and the agreement over the API: the same actions as the screens."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from baton.core.access.doors import user_of
from baton.core.access.queries import who_can_sign_in
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.keys import new_key
from baton.qualification.handoff import actions
from baton.qualification.handoff.api.sent import DisqualifyIn, GiveIn, NeedIn, RejectIn
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import (
    Said,
    answered_by,
    reply_to,
    said_against,
)
from baton.qualification.handoff.queries.rests import condition_words, rest_after
from baton.qualification.handoff.readback import decision_lines

router = Router()


class HandoffOut(Schema):
    """One lead on its way; times in UTC. ``rep`` is empty while it waits in the queue. ``kind``:
    marketing_to_sales, or sdr_to_ae, handed on by ``handed_by``, who qualified them."""

    key: UUID
    kind: str
    handed_by: UUID | None
    handed_by_name: str
    person: UUID
    person_name: str
    rep: UUID | None
    rep_name: str
    state: str
    lane: str
    reason: str
    channel: str
    campaign: str
    round: int
    agreement_version: int
    made_at: datetime
    offered_at: datetime
    accept_due_at: datetime
    answered_at: datetime | None
    is_late: bool
    respond_due_at: datetime | None
    responded_at: datetime | None
    attempt_count: int
    attempt_due_at: datetime | None
    verdict: str
    verdict_note: str
    competitor: str
    revisit_on: date | None
    closed_at: datetime | None

    @staticmethod
    def resolve_person(handoff: Handoff) -> UUID:
        return handoff.person.key

    @staticmethod
    def resolve_person_name(handoff: Handoff) -> str:
        return handoff.person.full_name

    @staticmethod
    def resolve_handed_by(handoff: Handoff) -> UUID | None:
        return handoff.handed_by.key if handoff.handed_by else None

    @staticmethod
    def resolve_handed_by_name(handoff: Handoff) -> str:
        return handoff.handed_by.name if handoff.handed_by else ""

    @staticmethod
    def resolve_rep(handoff: Handoff) -> UUID | None:
        return handoff.rep.key if handoff.rep else None

    @staticmethod
    def resolve_rep_name(handoff: Handoff) -> str:
        return handoff.rep.name if handoff.rep else ""

    @staticmethod
    def resolve_agreement_version(handoff: Handoff) -> int:
        return handoff.agreement.version


class TriedOut(Schema):
    """One rule that routing tried, in words; ``is_hit``: it decided, or led to who was chosen."""

    words: str
    is_hit: bool


class LostOut(Schema):
    """The deal that came of the lead, lost: ``reason`` as deals have it."""

    deal: UUID
    reason: str
    note: str


class HandoffMore(HandoffOut):
    """With the brief as the rep saw it, how routing came to this rep, why the deal was lost that
    came of it (null: none is, or you do not see it), and what marketing said to the verdict or the
    loss (empty: nothing yet); until when they rest after it, or as soon as what is so."""

    brief: dict[str, Any]
    routing: list[TriedOut]
    lost: LostOut | None
    reply: str
    reply_note: str
    rest_until: datetime | None
    rest_condition: str

    @staticmethod
    def resolve_rest_until(handoff: Handoff) -> datetime | None:
        rest = rest_after(handoff)
        return rest.until if rest else None

    @staticmethod
    def resolve_rest_condition(handoff: Handoff) -> str:
        rest = rest_after(handoff)
        return condition_words(rest.condition) if rest else ""

    @staticmethod
    def resolve_lost(handoff: Handoff, context: Any) -> LostOut | None:
        said = _said(handoff, context)
        if said is None or said.loss is None:
            return None
        return LostOut(deal=said.loss.deal_key, reason=said.loss.reason, note=said.note)

    @staticmethod
    def resolve_reply(handoff: Handoff, context: Any) -> str:
        found = reply_to(handoff, _said(handoff, context))
        return found.kind if found else ""

    @staticmethod
    def resolve_reply_note(handoff: Handoff, context: Any) -> str:
        found = reply_to(handoff, _said(handoff, context))
        return found.note if found else ""

    @staticmethod
    def resolve_routing(handoff: Handoff) -> Any:
        latest = handoff.offers.order_by("-round").first()
        return decision_lines(latest.decision) if latest else []


def _said(handoff: Handoff, context: Any) -> Said | None:
    """Read once for all that is told of it."""
    known = vars(handoff)
    if "said" not in known:
        known["said"] = said_against(handoff, user=user_of(context["request"]))
    found: Said | None = known["said"]
    return found


def _seen(request: HttpRequest) -> HandoffQuerySet:
    rows = Handoff.objects.visible_to(user_of(request))
    return rows.select_related("person", "rep", "agreement", "handed_by")


def _own(request: HttpRequest, key: UUID) -> Handoff:
    """One that the key's user may answer; 403 for one that they only see, else 404."""
    found = get_object_or_404(_seen(request), key=key)
    if (
        not Handoff.objects.visible_to(user_of(request), ANSWER_HANDOFFS)
        .filter(pk=found.pk)
        .exists()
    ):
        raise Problem(403, "This lead is with somebody else.")
    return found


@router.get("/", response=Page[HandoffOut], operation_id="list_handoffs")
@needs(VIEW_HANDOFFS)
def handoffs(
    request: HttpRequest,
    *,
    cursor: str = "",
    limit: int = 50,
    mine: bool = False,
    is_open: bool | None = None,
    state: str = "",
    kind: str = "",
) -> Any:
    """In the order in which they were made. ``mine``: the key's user's; ``is_open``: owed still;
    ``kind``: marketing_to_sales or sdr_to_ae."""
    rows = _seen(request)
    if mine:
        rows = rows.filter(rep=user_of(request))
    if is_open is not None:
        rows = rows.filter(closed_at__isnull=is_open)
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    return page_of(rows, cursor=cursor, limit=limit)


@router.get("/{uuid:key}/", response=HandoffMore, operation_id="get_handoff")
@needs(VIEW_HANDOFFS)
def handoff(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(_seen(request), key=key)


@router.post("/{uuid:key}/accept/", response=HandoffOut, operation_id="accept_handoff")
@needs(ANSWER_HANDOFFS)
def accept(request: HttpRequest, key: UUID) -> Any:
    """Take the lead. Twice is once; 409 when somebody was faster."""
    found = get_object_or_404(_seen(request), key=key)
    return actions.accept_handoff(
        handoff=found, by=user_of(request), at=timezone.now(), batch=new_key()
    )


@router.post("/{uuid:key}/reject/", response=HandoffOut, operation_id="reject_handoff")
@needs(ANSWER_HANDOFFS)
def reject(request: HttpRequest, key: UUID, sent: RejectIn) -> Any:
    """Decline before accepting; the reasons are those of the glossary, as codes, and of an SDR's
    lead those of that agreement (``return_reasons``)."""
    found = get_object_or_404(_seen(request), key=key)
    return actions.reject_handoff(
        handoff=found, by=user_of(request), at=timezone.now(), batch=new_key(), **sent.verdict()
    )


@router.post("/{uuid:key}/undo/", response=HandoffOut, operation_id="undo_answer")
@needs(ANSWER_HANDOFFS)
def undo(request: HttpRequest, key: UUID) -> Any:
    """Take back your acceptance or rejection within the hour: offered as it was. 409 once something
    was built on it."""
    rows = answered_by(user_of(request)).select_related("person", "rep", "agreement", "handed_by")
    found = get_object_or_404(rows, key=key)
    return actions.undo_answer(handoff=found, by=user_of(request), at=timezone.now())


@router.post("/{uuid:key}/need/", response=HandoffOut, operation_id="confirm_need")
@needs(ANSWER_HANDOFFS)
def need(request: HttpRequest, key: UUID, sent: NeedIn) -> Any:
    """Need and impact are known: the SQL."""
    found = _own(request, key)
    return actions.confirm_need(
        person=found.person, handoff=found, by=user_of(request), at=timezone.now(), **sent.dict()
    )


@router.post("/{uuid:key}/disqualify/", response=HandoffOut, operation_id="disqualify_handoff")
@needs(ANSWER_HANDOFFS)
def disqualify(request: HttpRequest, key: UUID, sent: DisqualifyIn) -> Any:
    """Talked to, will not buy."""
    found = _own(request, key)
    return actions.disqualify(
        person=found.person, handoff=found, by=user_of(request), at=timezone.now(), **sent.verdict()
    )


@router.post("/{uuid:key}/give/", response=HandoffOut, operation_id="give_handoff")
@needs(MANAGE_HANDOFFS)
def give(request: HttpRequest, key: UUID, sent: GiveIn) -> Any:
    """Ask somebody else, past all rules; their clock starts anew."""
    found = _own(request, key)
    rep = who_can_sign_in().filter(key=sent.rep).first()
    if rep is None:
        raise Problem(422, "rep: no colleague who can sign in has this key.")
    return actions.give_to(handoff=found, rep=rep, by=user_of(request), at=timezone.now())
