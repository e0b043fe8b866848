"""What views begin with: the deal this user reaches, and what the address asks to see."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import ngettext

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.colleagues.interests import among_followed
from baton.core.filters.listed import ListFilter
from baton.core.prepared import Prepared
from baton.core.search.typed import asked_for
from baton.core.settings.queries import organisation_zone
from baton.core.ui.asked import AS, ASKED
from baton.sales.deals.models import Deal, DealQuerySet, Stage
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS
from baton.sales.deals.queries import (
    Sight,
    View,
    Whose,
    deals_seen,
    narrowed,
    pipeline_by_key,
    views_open_to,
    whose_open_to,
)

SEEN_BY = (AS, "view", "whose", "pipeline")  # words of an address that a sight knows
BESIDE = ("person", "company", "owner")


def deals_found(count: int, said: str) -> str:
    """How many a filter finds."""
    return ngettext("%(n)s deal matches", "%(n)s deals match", count) % {"n": said}


ASKS = ListFilter(object_type="deal", found=deals_found)


def deal_or_404(request: HttpRequest, key: UUID, permission: Permission = EDIT_DEALS) -> Deal:
    """The living deal that this user reaches with the permission; to edit it, by default."""
    found = _deals(permission).first(user=user_of(request), key=key)
    if found is None:
        raise Http404
    return found


@cache
def _deals(permission: Permission) -> Prepared[Deal]:
    """What finds a deal for those who have the permission."""
    return Prepared(
        lambda user, key: (
            Deal.objects.living()
            .visible_to(user, permission)
            .filter(key=key)
            .select_related("stage__pipeline", "person", "company", "owner", "qualifier")[:1]
        )
    )


def shown_deal_or_404(request: HttpRequest, key: UUID) -> Deal:
    return deal_or_404(request, key, VIEW_DEALS)


def deal_beside(request: HttpRequest, asked: QueryDict) -> Deal | None:
    """The deal that the address wants shown in the panel beside the board."""
    try:
        return shown_deal_or_404(request, UUID(asked.get("deal", "")))
    except (ValueError, Http404):
        return None


def sight_of(request: HttpRequest, asked: QueryDict | None = None) -> Sight:
    """What the address asks for; what it may not, or cannot, ask for falls back to the usual."""
    asked = request.GET if asked is None else asked
    return sight_for(user_of(request), asked)


def sight_for(user: User, asked: QueryDict) -> Sight:
    """The same for somebody who asks with no request."""
    open_to = whose_open_to(user)
    whose = asked.get("whose", "")
    view, pipeline = asked.get("view", ""), asked.get("pipeline", "")
    is_all = view == View.ALL and not pipeline  # of all pipelines
    return Sight(
        user=user,
        at=timezone.now(),
        zone=organisation_zone(),
        whose=Whose(whose) if whose in open_to else open_to[-1],
        view=View(view) if view in views_open_to(user) else View.OPEN,
        text=asked_for(asked),
        pipeline=None if is_all else pipeline_by_key(pipeline),
        asked=ASKS.condition(asked.get(ASKED, ""), user=user),
    )


def deals_asked(user: User, asked: QueryDict) -> DealQuerySet:
    """Those of a tab, narrowed by the switches; the filter comes upon them."""
    sight = replace(sight_for(user, asked), asked=Q(), text="")
    rows = narrowed(deals_seen(sight), sight)
    rows = among_followed(rows, asked, user=user, object_type="deal")
    return rows.select_related(*BESIDE)


def deals_opened(sight: Sight) -> DealQuerySet:
    """Those of the list as it opens, of which the address says no more than how they are seen."""
    return narrowed(deals_seen(sight), sight).select_related(*BESIDE)


def with_stages(deals: Sequence[Deal]) -> None:
    """Asked at once for all of them. Joined, SQLite would begin with the stages, and sort whatever
    stands in them."""
    known = {one.pk: one for one in _STAGES.rows(ids=list({deal.stage_id for deal in deals}))}
    for deal in deals:
        deal.stage = known[deal.stage_id]


_STAGES = Prepared(lambda ids: Stage.objects.filter(pk__in=ids))


def version_of(request: HttpRequest) -> int | None:
    """The version that the sender saw; None when it does not say."""
    text = request.GET.get("version") or request.POST.get("version") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
