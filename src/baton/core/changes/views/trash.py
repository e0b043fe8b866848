from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import signed_in
from baton.core.access.models import User
from baton.core.changes import actions
from baton.core.changes.addresses import undo_of
from baton.core.changes.models import Change
from baton.core.changes.queries import deletions_of, kinds_in_trash, trash_of
from baton.core.changes.slots import Tracked, tracked_as
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say

PAGE = 50  # records


@dataclass(frozen=True)
class Pile:
    """What of one kind lies there."""

    kind: Tracked
    label: str
    count: int


@signed_in
@require_GET
def trash(request: HtmxRequest) -> HttpResponse:
    """What this user may take out again, a kind at a time, the latest first."""
    user = cast(User, request.user)
    piles = [
        Pile(kind, _(kind.label), trash_of(kind, user=user).count()) for kind in kinds_in_trash()
    ]
    piles = [pile for pile in piles if pile.count]
    wanted = request.GET.get("kind", "")
    chosen = next((pile for pile in piles if pile.kind.object_type == wanted), None)
    chosen = chosen or (piles[0] if piles else None)
    context: dict[str, Any] = {"piles": piles, "chosen": chosen}
    if chosen:
        found = trash_of(chosen.kind, user=user).order_by("-deleted_at", "-pk")
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": _rows(chosen.kind, page)}
    return render(request, "changes/trash.html", context)


@signed_in
@require_POST
def restore(request: HtmxRequest, kind: str, key: UUID) -> HttpResponse:
    """Out of the trash; what the user does not reach is a 404."""
    user, known = cast(User, request.user), tracked_as(kind)
    if known is None or not known.has_trash:
        raise Http404
    record = get_object_or_404(trash_of(known, user=user), key=key)
    try:
        batch = actions.restore_record(kind=known, record_id=record.pk, by=user, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        words = _("“%(name)s” is restored.") % {"name": record}
        say(request, words, undo_url=undo_of(batch))
    return redirect(f"{reverse('changes:trash')}?kind={known.object_type}")


def _rows(kind: Tracked, page: Page[Any]) -> list[tuple[Any, Change | None]]:
    records = list(page.object_list)
    acts = deletions_of(object_type=kind.object_type, ids=[record.pk for record in records])
    return [(record, acts.get(record.pk)) for record in records]
