from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side, Touch


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Fact):
    name: ClassVar[str] = "note.added"
    note_id: int


@dataclass(frozen=True, kw_only=True)
class ActivityLogged(Fact):
    """A call, meeting or mail logged by hand; ``touch`` says attempt, first_response, theirs ..."""

    name: ClassVar[str] = "activity.logged"
    side: ClassVar[Side] = Side.SALES
    activity_id: int
    kind: str
    outcome: str
    minutes: int | None = None

    @property
    def touch_name(self) -> str:
        """``activity.logged.call``, ``activity.logged.meeting`` or ``activity.logged.mail``."""
        return f"{self.name}.{self.kind}"

    @property
    def awaits_reply(self) -> bool:
        """A mail of theirs, or a call of theirs that nobody took."""
        return self.touch is Touch.THEIRS


@dataclass(frozen=True, kw_only=True)
class TaskAdded(Fact):
    name: ClassVar[str] = "task.added"
    task_id: int


@dataclass(frozen=True, kw_only=True)
class TaskDone(Fact):
    name: ClassVar[str] = "task.done"
    task_id: int
