"""What the page that thanks for a form offers who sent it: marketing knows no other module."""

from collections.abc import Callable
from dataclasses import dataclass

from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class Step:
    """A way on that a stranger is shown."""

    label: str
    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """``offer(person_id, form_code)``: None where there is nothing for who sent that form."""

    name: str
    offer: Callable[[int, str], Step | None]


next_steps: Slot[NextStep] = Slot(key=lambda offer: offer.name)
