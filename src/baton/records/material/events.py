from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side


@dataclass(frozen=True, kw_only=True)
class MaterialSent(Fact):
    """Somebody was sent material; the mail that took it there is a fact of its own."""

    name: ClassVar[str] = "material.sent"
    side: ClassVar[Side] = Side.SALES
    material_id: int
    material_use_id: int
    title: str
