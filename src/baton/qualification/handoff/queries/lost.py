"""Of the leads that became a deal, those whose deal was lost, and why."""

from collections.abc import Callable
from typing import Any

from django.db.models import BigIntegerField, Case, Field, TextField, Value, When
from django.db.models.expressions import Combinable

from baton.core.access.models import User
from baton.core.offers import Label
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.slots import LaterLoss, Loss, later_losses


def with_losses(rows: Any, *, user: User | None) -> Any:
    """Gives each its ``lost``: the reason; NULL where no deal came of it, or it is not lost. User
    None: as nobody is to read it."""
    return rows.annotate(lost=_of_loss(lambda one: one.why(user), TextField()))


def with_lost_deals(rows: Any, *, user: User | None) -> Any:
    """And the id of that deal as ``lost_deal``."""
    deal = _of_loss(lambda one: one.deal(user), BigIntegerField())
    return with_losses(rows, user=user).annotate(lost_deal=deal)


def loss_label(reason: str) -> Label:
    """As the module of the deals calls it."""
    return next((one.words(reason) for one in later_losses), reason)


def loss_told(deal_id: int) -> Loss | None:
    """More of a deal that was lost."""
    return next((one.told(deal_id) for one in later_losses), None)


def _of_loss(part: Callable[[LaterLoss], Combinable], kind: "Field[Any, Any]") -> Combinable:
    for one in later_losses:
        qualified = When(state=State.QUALIFIED, then=part(one))
        return Case(qualified, default=Value(None), output_field=kind)
    return Value(None, output_field=kind)
