"""Material by its title, for the palette."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baton.core.prepared import Prepared
from baton.core.ui.matching import begin_words, typed_words
from baton.core.ui.slots import MOST_OF_A_KIND, Command, Finder
from baton.records.material.models import Material
from baton.records.material.permissions import EDIT_MATERIAL, VIEW_MATERIAL


def _material(user: Any) -> QuerySet[Any]:
    return Material.objects.visible_to(user).order_by("sort_key", "pk")


_FOUND: Prepared[Any] = Prepared(
    lambda user, words: _material(user).filter(begin_words("sort_key", words))[:MOST_OF_A_KIND]
)
_OPENED: Prepared[Any] = Prepared(lambda user, keys: _material(user).filter(key__in=keys))


FINDER = Finder(
    name="material",
    label=_("Sales material"),
    icon="content",
    permission=VIEW_MATERIAL.name,
    page="material:material",
    found=lambda user, text: _FOUND.rows(user=user, words=typed_words(text)),
    opened=lambda user, keys: _OPENED.rows(user=user, keys=keys),
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
