"""What routing decided and why, and what other rules would have made of last month's leads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema

from baton.core import filters
from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.qualification.handoff.api.handoffs import TriedOut, router
from baton.qualification.handoff.api.routing import RoutingRuleIn, rule_values, rules_seen
from baton.qualification.handoff.models import Offer
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import read_book
from baton.qualification.handoff.queries.book import Book, RuleView
from baton.qualification.handoff.queries.decided import offers_seen
from baton.qualification.handoff.queries.trial import QUEUE, Trial, try_rules
from baton.qualification.handoff.readback import decision_lines
from baton.qualification.handoff.rules import Wish


class DecisionOut(Schema):
    """One round. ``how``: the rule that decided (recycle, owner, account, named, territory,
    condition, turns, catch_all, escalated or by_hand); ``why``: the rules tried, in words."""

    handoff: UUID
    person: UUID
    round: int
    how: str
    rep: UUID | None
    pool: UUID | None
    offered_at: datetime
    due_at: datetime
    ended_at: datetime | None
    outcome: str
    why: list[TriedOut]

    @staticmethod
    def resolve_handoff(offer: Offer) -> UUID:
        return offer.handoff.key

    @staticmethod
    def resolve_person(offer: Offer) -> UUID:
        return offer.handoff.person.key

    @staticmethod
    def resolve_how(offer: Offer) -> str:
        return str(offer.decision.get("rule", ""))

    @staticmethod
    def resolve_rep(offer: Offer) -> UUID | None:
        return offer.rep.key if offer.rep else None

    @staticmethod
    def resolve_pool(offer: Offer) -> UUID | None:
        return offer.pool.key if offer.pool else None

    @staticmethod
    def resolve_why(offer: Offer) -> Any:
        return decision_lines(offer.decision)


class TryIn(Schema):
    """``rule``: one that is not saved, instead of the rule ``replaces`` or beside all others;
    without it last month's leads go by the rules in use."""

    rule: RoutingRuleIn | None = None
    replaces: UUID | None = None


class LoadOut(Schema):
    """How many leads went to a rep (null: stayed in the queue): as it was, by the rules in use,
    and by those that were tried."""

    rep: UUID | None
    was: int
    now: int
    then: int


class MovedLeadOut(Schema):
    """A lead that would go to somebody else, by which rule."""

    handoff: UUID
    person: UUID
    now: UUID | None
    then: UUID | None
    how: str


class TriedRulesOut(Schema):
    """``leads`` of ``all_leads`` of the last 30 days were looked at, the latest."""

    leads: int
    all_leads: int
    loads: list[LoadOut]
    changed: list[MovedLeadOut]


@router.get("/routing/decisions/", response=Page[DecisionOut], operation_id="list_decisions")
@needs(VIEW_HANDOFFS)
def decisions(
    request: HttpRequest,
    *,
    cursor: str = "",
    limit: int = 50,
    how: str = "",
    outcome: str = "",
    rep: UUID | None = None,
) -> Any:
    """Of the leads that the key's user sees, in the order in which they were made. ``outcome``:
    waits, or how it ended."""
    rows = offers_seen(user_of(request))
    if how:
        rows = rows.filter(decision__rule=how)
    if outcome:
        rows = rows.filter(outcome="" if outcome == "waits" else outcome)
    if rep:
        rows = rows.filter(rep__key=rep)
    return page_of(rows, cursor=cursor, limit=limit)


@router.post("/routing/try/", response=TriedRulesOut, operation_id="try_routing")
@needs(MANAGE_HANDOFFS)
def try_out(request: HttpRequest, sent: TryIn) -> Any:
    """Who of the leads of the last 30 days would have got how many. Nothing is written."""
    now, at = read_book(), timezone.now()
    then = _with(request, now, sent)
    tried = try_rules(user=user_of(request), now=now, then=then, at=at)
    keys = dict(User.objects.values_list("pk", "key"))
    return {
        "leads": len(tried.leads),
        "all_leads": tried.all_count,
        "loads": _loads(tried, keys=keys),
        "changed": _moved(tried, keys=keys),
    }


def _with(request: HttpRequest, book: Book, sent: TryIn) -> Book | None:
    rows = rules_seen(request)
    old = get_object_or_404(rows, key=sent.replaces) if sent.replaces else None
    if sent.rule is None:
        return book.without_rule(old.pk) if old else None
    values = rule_values(request, sent.rule)
    if not sent.rule.is_active:
        return book.without_rule(old.pk) if old else None
    last = book.rules[-1].position + 1 if book.rules else 1
    view = RuleView(
        id=old.pk if old else 0,
        position=values.get("position") or (old.position if old else last),
        name=values["name"],
        pool_id=values["pool"].pk,
        chosen=filters.parse(values["condition"], object_type="person"),
        wish=Wish(language=values.get("language", ""), skill=values.get("skill", "")),
    )
    return book.with_rule(view)


def _loads(tried: Trial, *, keys: Mapping[int, UUID]) -> list[dict[str, Any]]:
    sides = {name: getattr(tried, name).loads for name in ("was", "now", "then")}
    reps = sorted({rep for load in sides.values() for rep in load}, key=lambda rep: rep or 2**62)
    return [
        {"rep": keys.get(rep), **{name: load[rep] for name, load in sides.items()}} for rep in reps
    ]


def _moved(tried: Trial, *, keys: Mapping[int, UUID]) -> list[dict[str, Any]]:
    leads = {lead.pk: lead for lead in tried.leads}
    return [
        {
            "handoff": leads[pk].key,
            "person": leads[pk].person.key,
            "now": keys.get(tried.now.went.get(pk, QUEUE)),
            "then": keys.get(tried.then.went.get(pk, QUEUE)),
            "how": str(tried.then.how.get(pk, "")),
        }
        for pk in tried.changed
    ]
