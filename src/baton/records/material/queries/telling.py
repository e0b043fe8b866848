"""How what was sent looks on a timeline."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from baton.core.offers import Telling
from baton.core.prepared import Prepared
from baton.records.material.events import MaterialSent
from baton.records.material.models import MaterialUse

_BY_ID = Prepared(
    lambda ids: MaterialUse.objects.filter(deleted_at=None, pk__in=ids).select_related("material")
)


def tell_sent(facts: Sequence[MaterialSent]) -> dict[int, Telling]:
    """With its sentence and the way to it; what was taken back is told no more."""
    rows = _BY_ID.by_id(ids=[fact.material_use_id for fact in facts])
    return {fact.id: _told(rows.get(fact.material_use_id)) for fact in facts}


def _told(use: MaterialUse | None) -> Telling:
    if use is None:
        return Telling(is_gone=True)
    material = use.material
    return Telling(
        title=_("Material sent: %(title)s") % {"title": use.title},
        detail=_("Version %(n)s") % {"n": use.material_version},
        url="" if material.deleted_at else material.get_absolute_url(),
    )
