"""Places on the page of a purchase where higher modules show what is theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from baton.core.slots import Slot
from baton.records.purchases.models import Order


@dataclass(frozen=True, kw_only=True)
class OrderPanel:
    """``render`` gives ready HTML (render_to_string) for the right column; "" shows nothing."""

    name: str
    render: Callable[[Any, Order], str]  # of a request with its user
    order: int = 100


order_panels: Slot[OrderPanel] = Slot(key=lambda panel: panel.name)
