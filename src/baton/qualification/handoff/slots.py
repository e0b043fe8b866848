"""Where higher modules plug something into the open lead."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from baton.core.slots import Slot
from baton.qualification.handoff.models import Handoff


@dataclass(frozen=True, kw_only=True)
class LeadAction:
    """A button on a lead that was taken; it leads to ``url(handoff)``, "" = not now."""

    label: str | Promise
    icon: str
    url: Callable[[Handoff], str]
    permission: str = ""  # its name; empty: whoever sees the lead
    order: int = 100


lead_actions: Slot[LeadAction] = Slot()
