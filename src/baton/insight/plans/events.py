from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PlanSigned(Fact):
    """Both heads stand by it."""

    name: ClassVar[str] = "plan.signed"
    plan_id: int
    starts_on: str
    edition: int
