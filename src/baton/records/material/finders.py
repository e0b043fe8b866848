"""Material by its title, for the palette."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baton.core.ui.slots import Command, Finder
from baton.records.material.models import Material
from baton.records.material.permissions import EDIT_MATERIAL, VIEW_MATERIAL
from baton.records.material.queries import material_matching


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return material_matching(Material.objects.filter(pk__in=rows), text).order_by("sort_key", "pk")


FINDER = Finder(
    name="material",
    label=_("Sales material"),
    icon="content",
    permission=VIEW_MATERIAL.name,
    page="material:material",
    rows=Material.objects.visible_to,
    matching=_found,
    note=lambda material: material.objection or material.competitor,
    position=60,
)
COMMAND = Command(
    label=_("New sales material"),
    url_name="material:new",
    icon="plus",
    permission=EDIT_MATERIAL.name,
    position=60,
    also=_("Add create collateral content case study battle card"),
    makes=True,
)
