"""What deals tell the library: what stands in their way, and how those ended that had material."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.urls import reverse

from baton.core.access.models import User
from baton.core.filters.addresses import written
from baton.core.prepared import Prepared
from baton.records.material.models import MaterialUse
from baton.records.material.slots import DealSide, Fates, Rates, Said
from baton.sales.deals.models import Deal, DealLine
from baton.sales.deals.permissions import VIEW_DEALS
from baton.sales.deals.queries.people import with_person
from baton.sales.deals.queries.seen import View, Whose
from baton.sales.deals.rules import StageKind

MOST = 300  # objections that are read
_OPEN = Prepared(
    lambda user, person: (
        Deal.objects.living()
        .visible_to(user)
        .filter(with_person(person), state="open")
        .order_by("-opened_at", "-pk")[:1]
    )
)
_PRODUCTS: Prepared[int] = Prepared(
    lambda deal: (
        DealLine.objects.filter(deal=deal)
        .exclude(product=None)
        .order_by("pk")
        .values_list("product", flat=True)
    )
)


def said_of(deal: Deal, *, user: User) -> Said:
    """As far as this user may read it."""
    hidden = user.limits("deal").hidden
    return Said(
        deal_id=deal.pk,
        objection="" if "objection" in hidden else deal.objection,
        competitor="" if "competitor" in hidden else deal.competitor,
        product_ids=frozenset(_PRODUCTS.rows(deal=deal.pk)),
    )


def with_material(values: Sequence[str]) -> Q:
    """Deals that had any of these; with none named, any material at all."""
    uses = MaterialUse.objects.living()
    if values:
        uses = uses.filter(material__in=[int(one) for one in values])
    in_it = Q(deal_id=OuterRef("pk"))
    ended = Coalesce(OuterRef("closed_at"), Now())
    before = Q(deal_id=None, person=OuterRef("person"), at__lte=ended)
    return Q(Exists(uses.filter(in_it))) | Q(Exists(uses.filter(before)))


def _said(person_id: int, user: User) -> Said | None:
    deal = _OPEN.first(user=user, person=person_id) if user.may(VIEW_DEALS) else None
    return said_of(deal, user=user) if deal else None


def _rates(user: User, since: datetime) -> Rates:
    closed = _seen(user).filter(state__in=["won", "lost"], closed_at__gte=since)
    rows: Any = closed.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")
    every, had = dict(rows), dict(rows.filter(with_material([])))
    return Rates(
        won=every.get("won", 0),
        won_with=had.get("won", 0),
        lost=every.get("lost", 0),
        lost_with=had.get("lost", 0),
    )


def _fates(user: User) -> Mapping[int, Fates]:
    """Of all material: three statements, whatever there is."""
    seen, uses = _seen(user), MaterialUse.objects.living()
    told = set(uses.exclude(deal_id=None).values_list("material", "deal_id").distinct())
    states = dict(seen.filter(pk__in=uses.values("deal_id")).values_list("pk", "state"))
    pairs = {(one, deal, states[deal]) for one, deal in told if deal in states}
    ended = Coalesce(F("person__deals__closed_at"), Now())
    outside = uses.filter(deal_id=None, person__deals__in=seen, at__lte=ended)
    pairs |= set(outside.values_list("material", "person__deals", "person__deals__state"))
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for material, _deal, state in pairs:
        counted[material][state] += 1
    return {
        material: Fates(open=states["open"], won=states["won"], lost=states["lost"])
        for material, states in counted.items()
    }


def _objections(user: User, since: datetime) -> Sequence[str]:
    """The latest ones, each as it was written."""
    if "objection" in user.limits("deal").hidden:
        return []
    touched = _seen(user).exclude(objection="").filter(touched_at__gte=since)
    return list(touched.order_by("-touched_at", "-pk").values_list("objection", flat=True)[:MOST])


def _seen(user: User) -> QuerySet[Deal]:
    if not user.may(VIEW_DEALS):
        return Deal.objects.none()
    return Deal.objects.living().visible_to(user)


def _list_url(state: str, material_id: int | None) -> str:
    """The list of deals of that state which had it."""
    value = {"op": "is_set"} if material_id is None else {"op": "in", "value": [str(material_id)]}
    asked = {"all": [{"field": "deal.material", **value}]}
    view = {StageKind.OPEN: View.OPEN, StageKind.WON: View.WON, StageKind.LOST: View.LOST}
    shown = view[StageKind(state)].value
    query = f"as=table&view={shown}&whose={Whose.ALL.value}&filter={quote_plus(written(asked))}"
    return f"{reverse('deals:deals')}?{query}"


DEAL_SIDE = DealSide(
    said=_said,
    rates=_rates,
    fates=_fates,
    objections=_objections,
    list_url=_list_url,
)
