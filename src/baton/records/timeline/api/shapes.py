"""What the routes take and give."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Field, Schema

from baton.core.api.days import Moment
from baton.core.api.enums import told_here
from baton.core.api.problems import Problem
from baton.records.timeline.actions import LONGEST
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.rules import Direction, Kind, Outcome

ABOUT = ("person", "company", "deal")


class About(Schema):
    """Whom it is about, by key: one of these."""

    _kinds: ClassVar[tuple[str, ...]] = ABOUT

    person: UUID | None = None
    company: UUID | None = None
    deal: UUID | None = None

    def named(self) -> tuple[str, UUID] | None:
        """Kind and key of what is given; None for nothing. Raises Problem 422 for several."""
        given = [(kind, key) for kind in self._kinds if (key := getattr(self, kind))]
        if len(given) > 1:
            raise Problem(422, "Name one record that it is about.")
        return given[0] if given else None


class AboutAny(About):
    """Notes and tasks can be about a campaign, too."""

    campaign: UUID | None = None

    _kinds: ClassVar[tuple[str, ...]] = (*ABOUT, "campaign")


class AboutOut(Schema):
    person: UUID | None
    company: UUID | None

    @staticmethod
    def resolve_person(row: Note | Activity | Task) -> UUID | None:
        return row.person.key if row.person else None

    @staticmethod
    def resolve_company(row: Note | Activity | Task) -> UUID | None:
        return row.company.key if row.company else None


class WrittenOut(AboutOut):
    key: UUID
    at: datetime
    by: str
    body: str

    @staticmethod
    def resolve_by(row: Note | Activity) -> str:
        return row.by.name if row.by else ""


class NoteIn(AboutAny):
    body: str = Field(min_length=1, max_length=LONGEST)


class NoteOut(WrittenOut):
    pass


class ActivityIn(About):
    """``at`` is when it took place; now, when left out."""

    kind: Annotated[Kind, told_here(Kind)]
    outcome: Outcome
    direction: Direction = Direction.OURS
    subject: str = Field("", max_length=250)
    body: str = Field("", max_length=LONGEST)
    minutes: int | None = Field(None, ge=0, le=1440)
    at: Moment | None = None


class ActivityOut(WrittenOut):
    kind: str
    outcome: str
    direction: str
    subject: str
    minutes: int | None


class TaskIn(AboutAny):
    """``owner`` by key; oneself, when left out."""

    title: str = Field(min_length=1, max_length=250)
    due_at: Moment | None = None
    owner: UUID | None = None


class TaskOut(AboutOut):
    key: UUID
    title: str
    due_at: datetime | None
    done_at: datetime | None
    owner: UUID

    @staticmethod
    def resolve_owner(row: Task) -> UUID:
        return row.owner.key


class EntryOut(Schema):
    """``name`` is the fact's; ``count`` facts of one run make one entry, the first at ``since``."""

    name: str
    at: datetime
    title: str
    detail: str
    quote: str
    who: str
    touch: str
    count: int
    since: datetime | None


class EntriesOut(Schema):
    """``older`` is empty on the last page; else hand it back as ``before``."""

    items: list[EntryOut]
    older: str
