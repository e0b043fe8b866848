"""Material by its title, or by the objection or the competitor that it answers, for the palette."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from baton.core.filters.lookups import FoldedCase
from baton.core.prepared import Prepared
from baton.core.ui.matching import begin_words, typed_words
from baton.core.ui.slots import MOST_OF_A_KIND, Command, Finder
from baton.records.material.models import Material
from baton.records.material.permissions import EDIT_MATERIAL, VIEW_MATERIAL

ANSWERS = ("objection", "competitor")


def _material(user: Any) -> QuerySet[Any]:
    return Material.objects.visible_to(user).order_by("sort_key", "pk")


def _called(rows: QuerySet[Any], words: Iterable[str]) -> QuerySet[Any]:
    """Each typed word as it was typed: what is kept has no other."""
    small = {f"small_{name}": Cast(FoldedCase(F(name)), CharField()) for name in ANSWERS}
    called = begin_words("sort_key", words)
    for name in small:
        called |= begin_words(name, words)
    found: QuerySet[Any] = rows.alias(**small).filter(called)
    return found


def _found(user: Any, text: str) -> list[Any]:
    words = typed_words(text)
    return _FOUND.rows(user=user, words=words) if words else []


_FOUND: Prepared[Any] = Prepared(
    lambda user, words: _called(_material(user), words)[:MOST_OF_A_KIND]
)
_OPENED: Prepared[Any] = Prepared(lambda user, keys: _material(user).filter(key__in=keys))


FINDER = Finder(
    name="material",
    label=_("Sales material"),
    icon="content",
    permission=VIEW_MATERIAL.name,
    page="material:material",
    found=_found,
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
