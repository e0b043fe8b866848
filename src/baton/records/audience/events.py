from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side


@dataclass(frozen=True, kw_only=True)
class PersonaAssigned(Fact):
    name: ClassVar[str] = "persona.assigned"
    side: ClassVar[Side] = Side.MARKETING
    persona_id: int
    is_by_hand: bool
