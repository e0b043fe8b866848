"""Fields of the open deal of somebody that forms of other modules fill."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.editing.fields import RecordField
from baton.core.editing.filling import Fillable
from baton.core.editing.slots import Doing
from baton.sales.deals import actions
from baton.sales.deals.forms import one_field
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries.people import with_person
from baton.sales.deals.rules import StageKind
from baton.sales.deals.views.fields import FIELDS
from baton.sales.deals.words import FIELD_LABELS

LISTED = ("amount", "close_on", "next_step")
WORDS = ("need", "decision_maker", "competitor", "objection")


def _column(name: str) -> RecordField:
    return RecordField(
        name=name,
        label=FIELD_LABELS[name],
        control=lambda deal, user: one_field(name, deal=deal, user=user),
        text_of=lambda deal: str(getattr(deal, name) or ""),
    )


def _open_deal(person_id: int, user: User) -> Deal | None:
    """The newest of the open ones in which they take any part."""
    deals = Deal.objects.living().visible_to(user, EDIT_DEALS).filter(state=StageKind.OPEN)
    mine = deals.filter(with_person(person_id)).select_related("stage__pipeline")
    return mine.order_by("-opened_at", "-pk").first()


def edit_one_deal(deal: Any, values: Mapping[str, Any], doing: Doing) -> None:
    """By the usual action, as whoever fills it in."""
    actions.edit_deal(
        deal=deal,
        values=values,
        version=deal.version,
        by=doing.by,
        at=doing.at,
        batch=doing.batch,
    )


DEAL = Fillable(
    object_type="deal",
    label=_("Deal"),
    fields={
        **{name: FIELDS[name] for name in LISTED},
        **{name: _column(name) for name in WORDS},
    },
    of_person=_open_deal,
    edit=edit_one_deal,
)
