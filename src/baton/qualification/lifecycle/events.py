from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LifecycleChanged(Fact):
    """A person moved to another stage, forward or back."""

    name: ClassVar[str] = "lifecycle.changed"
    from_stage: str
    to_stage: str
    why: str  # name of the causing fact, "by hand", "import"
