"""The library, what fits somebody, what was sent, what works and what is missing."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from baton.records.material.models import Material, MaterialUse
from baton.records.material.queries.missing import Hole, holes_now
from baton.records.material.queries.proposing import (
    Proposed,
    Sent,
    Shelf,
    material_beside,
    propose,
    said_in_deal,
    text_of,
    today_here,
    was_sent,
)
from baton.records.material.queries.shelves import (
    personas_by_material,
    stage_names,
    stages,
    use_counts,
)
from baton.records.material.queries.telling import tell_sent
from baton.records.material.queries.working import Works, uses_of, works_of

__all__ = [
    "Hole",
    "Proposed",
    "Sent",
    "Shelf",
    "Works",
    "holes_now",
    "material_beside",
    "material_choices",
    "material_matching",
    "people_sent",
    "personas_by_material",
    "propose",
    "said_in_deal",
    "stage_names",
    "stages",
    "tell_sent",
    "text_of",
    "today_here",
    "use_counts",
    "uses_of",
    "was_sent",
    "works_of",
]


def material_matching(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose title, objection or competitor holds the text."""
    named = Q(sort_key__contains=" ".join(text.casefold().split()))
    return rows.filter(named | Q(objection__icontains=text) | Q(competitor__icontains=text))


def material_choices() -> list[tuple[str, str]]:
    """The living ones by title, as filters offer them."""
    rows = Material.objects.living().order_by("sort_key", "pk").values_list("pk", "title")
    return [(str(pk), title) for pk, title in rows]


def people_sent(values: Collection[str]) -> Q:
    """People who were sent any of these; with none named, anything."""
    from_any = Q(material__in=[int(one) for one in values]) if values else Q()
    uses = MaterialUse.objects.living().filter(from_any)
    return Q(pk__in=uses.values("person"))
