from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LifecycleChanged(Fact):
    """A person moved to another stage, forward or back. Their first ``lead`` is not told again:
    ``person.created`` says it."""

    name: ClassVar[str] = "lifecycle.changed"
    from_stage: str  # empty: their first stage
    to_stage: str
    why: str  # name of the causing fact, "by hand", "import"
    is_back: bool = False
    reason: str = ""  # in words, of who moved them by hand
