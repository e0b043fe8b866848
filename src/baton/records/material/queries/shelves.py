"""What stands beside each material: for whom, when, how often it was sent."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count

from baton.core.prepared import Prepared
from baton.records.audience.models import Persona
from baton.records.material.models import MaterialPersona, MaterialUse
from baton.records.material.slots import BuyerStage, buyer_stages

_LINKS = Prepared(
    lambda ids: (
        MaterialPersona.objects.filter(material__in=ids)
        .select_related("persona")
        .order_by("persona__position", "pk")
    )
)
_COUNTS: Prepared[Any] = Prepared(
    lambda ids: (
        MaterialUse.objects.living()
        .filter(material__in=ids)
        .order_by()
        .values("material")
        .annotate(n=Count("pk"))
        .values_list("material", "n")
    )
)


def stages() -> Sequence[BuyerStage]:
    """Of the buyer's journey, as the company calls them; none without a map."""
    return [stage for read in buyer_stages for stage in read()]


def stage_names() -> dict[str, str]:
    return {stage.code: stage.name for stage in stages()}


def personas_by_material(ids: Collection[int]) -> dict[int, list[Persona]]:
    """By id those whom it is for, those in the trash among them; one query."""
    found: dict[int, list[Persona]] = defaultdict(list)
    for link in _LINKS.rows(ids=sorted(ids)) if ids else ():
        found[link.material_id].append(link.persona)
    return found


def use_counts(ids: Collection[int]) -> dict[int, int]:
    """How often each was sent; one query."""
    return dict(_COUNTS.rows(ids=sorted(ids))) if ids else {}
