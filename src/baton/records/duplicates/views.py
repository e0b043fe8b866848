"""The queue of pairs: one side by side, the others to choose from."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.core.ui.slots import Count
from baton.records.duplicates import actions, queries
from baton.records.duplicates.comparison import Sides, sides_of_pair
from baton.records.duplicates.models import COMPANY, PERSON, Pair
from baton.records.duplicates.permissions import MERGE
from baton.records.duplicates.rules.pairs import SURE
from baton.records.duplicates.words import said
from baton.records.people.models import Company, Person

SHOWN = 25


@requires(MERGE)
@require_GET
def queue(request: HtmxRequest) -> HttpResponse:
    """The likest pair first."""
    kind = COMPANY if request.GET.get("of") == "companies" else PERSON
    pairs = list(queries.open_pairs(user_of(request), kind)[:SHOWN])
    return _page(request, kind, pairs, pairs[0] if pairs else None)


@requires(MERGE)
@require_GET
def pair(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One pair, the others beside it."""
    chosen = _pair_or_404(request, key)
    pairs = list(queries.open_pairs(user_of(request), chosen.object_type)[:SHOWN])
    return _page(request, chosen.object_type, pairs, chosen)


@requires(MERGE)
@require_POST
def merge(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One of two, with the values that were chosen; with Undo."""
    chosen = _pair_or_404(request, key)
    sides, keep_second = sides_of_pair(chosen), request.POST.get("keep") == "second"
    values = sides.values(request.POST, keep_second=keep_second) if sides else {}
    try:
        batch = actions.merge_pair(
            pair=chosen,
            keep_second=keep_second,
            values=values,
            by=user_of(request),
            at=timezone.now(),
            is_anyway="anyway" in request.POST,
        )
        say(request, _("They are one now."), undo_url=undo_of(batch))
    except RuleViolation as no:
        say(request, str(no))
    return go(request, _queue_url(chosen.object_type))


@requires(MERGE)
@require_POST
def dismiss(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Not the same; with Undo."""
    chosen = _pair_or_404(request, key)
    try:
        batch = actions.dismiss_pair(pair=chosen, by=user_of(request), at=timezone.now())
        words = _("Kept apart. Nobody is asked again.")
        say(request, words, undo_url=undo_of(batch))
    except RuleViolation as no:
        say(request, str(no))
    return go(request, _queue_url(chosen.object_type))


@requires(MERGE)
@require_POST
def merge_sure(request: HtmxRequest) -> HttpResponse:
    """All that need no second look, as one act."""
    kind = COMPANY if request.POST.get("of") == "companies" else PERSON
    try:
        batch, count = actions.merge_sure_pairs(
            object_type=kind, by=user_of(request), at=timezone.now()
        )
    except RuleViolation as no:
        say(request, str(no))
        return go(request, _queue_url(kind))
    words = ngettext("%(count)d pair is one now.", "%(count)d pairs are one each now.", count)
    undo_url = undo_of(batch) if count else None
    say(request, words % {"count": count}, undo_url=undo_url)
    return go(request, _queue_url(kind))


def waiting(request: HttpRequest) -> Count | None:
    """How many pairs wait, for the sidebar."""
    count = queries.open_count(user_of(request))
    return Count(count) if count else None


def person_panel(request: HttpRequest, person: Person) -> str:
    """Whom the person looks like; nothing for most."""
    return _panel(request, PERSON, person)


def company_panel(request: HttpRequest, company: Company) -> str:
    """The same of a company."""
    return _panel(request, COMPANY, company)


def _panel(request: HttpRequest, kind: str, record: Person | Company) -> str:
    pairs = queries.pairs_of(kind, record.pk, user=user_of(request))
    if not pairs:
        return ""
    records = queries.records_of(pairs, kind)
    others = [
        (pair, records[pair.second_id if pair.first_id == record.pk else pair.first_id])
        for pair in pairs
    ]
    return render_to_string("duplicates/panel.html", {"others": others}, request=request)


def _page(request: HtmxRequest, kind: str, pairs: list[Pair], chosen: Pair | None) -> HttpResponse:
    sides: Sides | None = sides_of_pair(chosen) if chosen else None
    records = queries.records_of(pairs, kind)
    context: dict[str, Any] = {
        "is_people": kind == PERSON,
        "is_companies": kind == COMPANY,
        "pairs": [
            (one, records.get(one.first_id), records.get(one.second_id), said(one.reasons))
            for one in pairs
        ],
        "chosen": chosen,
        "sides": sides,
        "reasons": said(chosen.reasons) if chosen else "",
        "is_open": chosen is not None and chosen.decided_at is None,
        "sure": SURE,
        "sure_count": sum(one.score >= SURE for one in pairs),
    }
    return render(request, "duplicates/queue.html", context)


def _pair_or_404(request: HtmxRequest, key: UUID) -> Pair:
    return get_object_or_404(Pair.objects.visible_to(user_of(request)), key=key)


def _queue_url(kind: str) -> str:
    return reverse("duplicates:queue") + ("?of=companies" if kind == COMPANY else "")
