"""Records that have a timeline of their own; higher modules add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.slots import Slot
from baton.records.people.models import Company, Person


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A record that one writes about: where its page is, whose facts its timeline shows."""

    kind: str  # name of its SubjectKind
    key: UUID
    title: str
    url: str
    person: Person | None = None
    company: Company | None = None
    deal_id: int | None = None
    campaign_id: int | None = None
    person_ids: tuple[int, ...] = ()  # their facts are shown beside the record's own
    writes: tuple[str, ...] = ("note", "call", "meeting", "mail", "task")  # what one may write

    def named(self) -> dict[str, Any]:
        """Whom something is about, as the actions take it."""
        about: dict[str, Any] = {"person": self.person, "company": self.company}
        about["deal_id"] = self.deal_id
        return about if self.campaign_id is None else {**about, "campaign_id": self.campaign_id}


@dataclass(frozen=True, kw_only=True)
class SubjectKind:
    """``find`` gives the record that this user reaches with this permission, else None."""

    name: str  # "person", "company", "deal"
    find: Callable[[User, UUID, Permission], Subject | None]


subjects: Slot[SubjectKind] = Slot(key=lambda kind: kind.name)
