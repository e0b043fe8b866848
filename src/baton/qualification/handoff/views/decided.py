"""The log of decisions in words, and last month's leads by other rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.ui.htmx import HtmxRequest
from baton.qualification.handoff.forms import able_users
from baton.qualification.handoff.models import Offer, RoutingRule
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import read_book
from baton.qualification.handoff.queries.book import Book, RuleView, read_condition
from baton.qualification.handoff.queries.decided import offers_seen
from baton.qualification.handoff.queries.trial import MOST, QUEUE, Trial, try_rules
from baton.qualification.handoff.readback import Line, decision_lines
from baton.qualification.handoff.rules import Wish
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.words import CHOICES, OUTCOME_HUES, OUTCOMES

PAGE, SALT = 50, "handoff.trial"
SHOWN = 200  # leads of a trial


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One round, and the rules that led to it."""

    offer: Offer
    lines: list[Line]
    how: str
    outcome: str
    hue: str


def decided(offers: Iterable[Offer]) -> list[Decided]:
    return [
        Decided(
            offer=offer,
            lines=decision_lines(offer.decision),
            how=str(CHOICES.get(offer.decision.get("rule", ""), "")),
            outcome=str(OUTCOMES.get(offer.outcome, offer.outcome)),
            hue=OUTCOME_HUES.get(offer.outcome, "gray"),
        )
        for offer in offers
    ]


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def log(request: HtmxRequest) -> HttpResponse:
    """Narrowed by how it came about, to whom, and how it ended; fifty a page."""
    asked = {name: request.GET.get(name, "") for name in ("how", "rep", "outcome", "before")}
    rows = offers_seen(user_of(request))
    reps = able_users()
    if asked["how"] in CHOICES:
        rows = rows.filter(decision__rule=asked["how"])
    if rep := next((user for user in reps if str(user.key) == asked["rep"]), None):
        rows = rows.filter(rep=rep)
    if asked["outcome"] in {"waits", *_ended()}:
        rows = rows.filter(outcome="" if asked["outcome"] == "waits" else asked["outcome"])
    if asked["before"].isdecimal() and len(asked["before"]) < 19:
        rows = _before(rows, int(asked["before"]))
    found = list(rows[: PAGE + 1])
    kept = {name: value for name, value in asked.items() if value and name != "before"}
    older = f"?{urlencode(kept | {'before': found[PAGE - 1].pk})}" if len(found) > PAGE else ""
    context = {
        "decisions": decided(found[:PAGE]),
        "hows": _choices(CHOICES, asked["how"]),
        "outcomes": _choices({"waits": OUTCOMES[""]} | _ended(), asked["outcome"]),
        "reps": [(str(user.key), user.name, str(user.key) == asked["rep"]) for user in reps],
        "is_narrowed": bool(kept),
        "older": older,
    }
    return render(request, "handoff/decisions.html", context)


def _before(rows: QuerySet[Offer], pk: int) -> QuerySet[Offer]:
    """What stands below that one: past ones may have been written later."""
    at = rows.filter(pk=pk).values_list("offered_at", flat=True).first()
    return rows.filter(Q(offered_at__lt=at) | Q(offered_at=at, pk__lt=pk)) if at else rows


def _ended() -> dict[str, Any]:
    return {code: label for code, label in OUTCOMES.items() if code}


def _choices(labels: Mapping[str, Any], chosen: str) -> list[tuple[str, str, bool]]:
    return [(code, str(label), code == chosen) for code, label in labels.items()]


def draft_token(values: Mapping[str, Any], *, rule: RoutingRule | None) -> str:
    """A rule that is not saved, for an address: nobody but us can make one."""
    plain = {
        "name": values["name"],
        "pool": values["pool"].pk,
        "position": values["position"],
        "is_active": values["is_active"],
        "condition": values["condition"],
        "language": values["language"],
        "skill": values["skill"],
        "version": values["version"],
        "rule": rule.pk if rule else 0,
        "key": str(rule.key) if rule else "",
    }
    return signing.dumps(plain, salt=SALT, compress=True)


def drafted_rule(token: str) -> RoutingRule | None:
    """The rule that is not saved, as its form shows it again; None without one."""
    said = _read(token)
    names = ("name", "position", "is_active", "condition", "language", "skill", "version")
    return (
        RoutingRule(pool_id=said["pool"], **{name: said[name] for name in names}) if said else None
    )


def _read(token: str) -> dict[str, Any] | None:
    try:
        return signing.loads(token, salt=SALT) if token else None
    except signing.BadSignature:
        return None


def _form_url(token: str) -> str:
    """Back to the form, with what was typed there."""
    said = _read(token)
    if said is None:
        return ""
    place = (
        reverse("handoff:rule", args=[said["key"]]) if said["key"] else reverse("handoff:new-rule")
    )
    return f"{place}?{urlencode({'draft': token})}"


def _with_draft(book: Book, token: str) -> tuple[Book | None, str]:
    """The rules with the draft in its place, and its name; None without one."""
    said = _read(token)
    if said is None or said["pool"] not in book.pools:
        return None, ""
    if not said["is_active"]:
        return book.without_rule(said["rule"]), said["name"]
    view = RuleView(
        id=said["rule"],
        position=said["position"],
        name=said["name"],
        pool_id=said["pool"],
        chosen=read_condition(said["condition"]),
        wish=Wish(language=said["language"], skill=said["skill"]),
    )
    return book.with_rule(view), said["name"]


@requires(MANAGE_HANDOFFS)
@require_GET
@on_their_clock
def trial(request: HtmxRequest) -> HttpResponse:
    """``draft``: a rule that is not saved. ``side`` and ``rep`` narrow the leads below."""
    user, book = user_of(request), read_book()
    token = request.GET.get("draft", "")
    draft, name = _with_draft(book, token)
    tried = try_rules(user=user, now=book, then=draft, at=timezone.now())
    names = dict(User.objects.values_list("pk", "name")) | {QUEUE: _("Queue")}
    context = {
        "trial": tried,
        "draft": name,
        "form_url": _form_url(token),
        "rows": _loads(tried, names=names, token=token, has_draft=draft is not None),
        "leads": _leads(request, tried, names=names)[:SHOWN],
        "shown": SHOWN,
        "most": MOST,
        "changed": len(tried.changed),
        "changed_url": _url(token, side="changed"),
    }
    return render(request, "handoff/trial.html", context)


def _url(token: str, **words: Any) -> str:
    return f"?{urlencode({'draft': token, **words} if token else words)}#leads"


def _loads(
    tried: Trial, *, names: Mapping[int, str], token: str, has_draft: bool
) -> list[dict[str, Any]]:
    """By rep what happened, and what rules make of it; each figure opens its leads."""
    sides = {"was": tried.was, "now": tried.now} | ({"then": tried.then} if has_draft else {})
    loads = {side: found.loads for side, found in sides.items()}
    reps = sorted(
        {rep for load in loads.values() for rep in load},
        key=lambda rep: (rep == QUEUE, -loads["now"][rep], names.get(rep, "")),
    )
    return [
        {
            "name": names.get(rep, ""),
            "cells": [(load[rep], _url(token, side=side, rep=rep)) for side, load in loads.items()],
        }
        for rep in reps
    ]


def _leads(request: HttpRequest, tried: Trial, *, names: Mapping[int, str]) -> list[dict[str, Any]]:
    side, rep = request.GET.get("side", "changed"), request.GET.get("rep", "")
    went = {"was": tried.was, "now": tried.now, "then": tried.then}.get(side)
    if went is None:
        chosen = set(tried.changed)
    else:
        chosen = {pk for pk, to in went.went.items() if str(to) == rep}
    return [
        {
            "lead": lead,
            "was": names.get(tried.was.went.get(lead.pk, QUEUE), ""),
            "now": names.get(tried.now.went[lead.pk], ""),
            "then": names.get(tried.then.went[lead.pk], ""),
            "how": CHOICES.get(tried.then.how[lead.pk], ""),
        }
        for lead in reversed(tried.leads)
        if lead.pk in chosen
    ]
