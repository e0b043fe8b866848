"""What stages ask for: one rule for moves, wins and losses, whoever makes them.

Imports bring history as it was, and an undo brings back what was: neither is asked.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.fields.actions import obey_rules
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.queries import gaps_of, labels_of


class ClosingIncomplete(RuleViolation):
    """What a win or a loss must say, whatever its stage asks for."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.fields = (field,)


class GateClosed(RuleViolation):
    """The stage asks for fields that the deal lacks; ``fields`` names them."""

    def __init__(self, *, deal: Deal, stage: Stage, fields: Iterable[str]) -> None:
        self.fields = tuple(fields)
        said = {
            "deal": deal.name,
            "stage": stage.name,
            "fields": ", ".join(labels_of(self.fields)),
        }
        super().__init__(_("%(stage)s asks for more of “%(deal)s”: %(fields)s.") % said)


def check_gate(deal: Deal, *, stage: Stage, given: Mapping[str, Any]) -> None:
    """With what is ``given`` along with the move. Raises GateClosed."""
    if gaps := gaps_of(deal, stage, given=given):
        raise GateClosed(deal=deal, stage=stage, fields=gaps)


def obey(deal: Deal, *, by: User | None, at: datetime) -> None:
    """Of a deal as it is saved now. Raises NotAccepted."""
    obey_rules(Deal, [deal.pk], object_type="deal", at=at, by=by)
