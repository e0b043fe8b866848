"""Of the leads that became a deal, those whose deal was lost, and why."""

from typing import Any

from django.db.models import Case, TextField, Value, When
from django.db.models.expressions import Combinable

from baton.core.access.models import User
from baton.core.offers import Label
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.slots import later_losses


def with_losses(rows: Any, *, user: User) -> Any:
    """Gives each its ``lost``: the reason; NULL where no deal came of it, or it is not lost."""
    return rows.annotate(lost=_why(user))


def loss_label(reason: str) -> Label:
    """As the module of the deals calls it."""
    return next((one.words(reason) for one in later_losses), reason)


def _why(user: User) -> Combinable:
    for one in later_losses:
        qualified = When(state=State.QUALIFIED, then=one.why(user))
        return Case(qualified, default=Value(None), output_field=TextField())
    return Value(None, output_field=TextField())
