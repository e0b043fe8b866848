"""Whether material helps: how often it was sent, and how deals ended that had it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

from django.db.models import Count
from django.urls import reverse

from baton.core.access.models import User
from baton.core.filters.addresses import written
from baton.records.material.models import Material, MaterialUse, MaterialUseQuerySet
from baton.records.material.slots import Fates, Rates, deal_sides

LOOKED_BACK = timedelta(days=365)
MOST = 50  # times that are listed


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """One material; each figure with the way to its records."""

    material: Material
    uses: int
    people: int
    fates: Fates
    people_url: str
    deal_urls: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Works:
    rows: list[WorkRow]
    rates: Rates | None  # None: this user sees no deals
    deal_urls: dict[str, str]


def works_of(user: User, *, at: datetime) -> Works:
    """A fixed number of queries, whatever there is."""
    side = next(iter(deal_sides), None)
    counts = _counts(user)
    fates = side.fates(user) if side else {}
    rows = [
        WorkRow(
            material=one,
            uses=counts.get(one.pk, (0, 0))[0],
            people=counts.get(one.pk, (0, 0))[1],
            fates=fates.get(one.pk, Fates()),
            people_url=people_url(one),
            deal_urls=_deal_urls(one.pk),
        )
        for one in Material.objects.visible_to(user).order_by("sort_key", "pk")
    ]
    rows.sort(key=lambda row: (-row.fates.won, -row.uses))
    rates = side.rates(user, at - LOOKED_BACK) if side else None
    return Works(rows=rows, rates=rates, deal_urls=_deal_urls(None))


def uses_of(material: Material, *, user: User) -> MaterialUseQuerySet:
    """Who was sent it, the latest first, as far as the user sees them."""
    rows = MaterialUse.objects.visible_to(user).filter(material=material)
    return rows.select_related("person", "by").order_by("-at", "-pk")


def people_url(material: Material) -> str:
    """The list of those who were sent it."""
    asked = {"field": "person.material", "op": "in", "value": [str(material.pk)]}
    return f"{reverse('people:list')}?filter={quote_plus(written({'all': [asked]}))}"


def _deal_urls(material_id: int | None) -> dict[str, str]:
    side = next(iter(deal_sides), None)
    if side is None:
        return {}
    return {state: side.list_url(state, material_id) for state in ("open", "won", "lost")}


def _counts(user: User) -> dict[int, tuple[int, int]]:
    rows: Any = (
        MaterialUse.objects.visible_to(user)
        .order_by()
        .values("material")
        .annotate(uses=Count("pk"), people=Count("person", distinct=True))
    )
    return {row["material"]: (row["uses"], row["people"]) for row in rows}
