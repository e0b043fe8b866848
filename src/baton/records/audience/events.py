from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side


@dataclass(frozen=True, kw_only=True)
class PersonaChanged(Fact):
    """A persona was made, edited, deleted or restored: whom it fits may be others now."""

    name: ClassVar[str] = "persona.changed"
    side: ClassVar[Side] = Side.MARKETING
    persona_id: int


@dataclass(frozen=True, kw_only=True)
class PersonaAssigned(Fact):
    """Which persona the person is from now on; ``persona_id`` 0 = none any more."""

    name: ClassVar[str] = "persona.assigned"
    side: ClassVar[Side] = Side.MARKETING
    persona_id: int
    is_by_hand: bool
