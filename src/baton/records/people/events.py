from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PersonCreated(Fact):
    """A person is known from now on; ``person_id`` says who, ``actor_id`` who added them."""

    name: ClassVar[str] = "person.created"
    person_origin: str  # marketing, sales, partner, customer
    channel: str = ""
    campaign: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Fact):
    """Fields of the person themself changed (not the shown values)."""

    name: ClassVar[str] = "person.changed"
    fields: list[str]
    former_company_id: int = 0  # where the company is among the fields; 0 = none


@dataclass(frozen=True, kw_only=True)
class PersonDeleted(Fact):
    """Into the trash."""

    name: ClassVar[str] = "person.deleted"


@dataclass(frozen=True, kw_only=True)
class PersonRestored(Fact):
    """Out of the trash."""

    name: ClassVar[str] = "person.restored"


@dataclass(frozen=True, kw_only=True)
class OwnerChanged(Fact):
    """Who looks after the person; 0 = nobody."""

    name: ClassVar[str] = "person.owner_changed"
    owner_id: int
    former_owner_id: int = 0


@dataclass(frozen=True, kw_only=True)
class CompanyCreated(Fact):
    name: ClassVar[str] = "company.created"


@dataclass(frozen=True, kw_only=True)
class CompanyChanged(Fact):
    name: ClassVar[str] = "company.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class CompanyDeleted(Fact):
    """Into the trash."""

    name: ClassVar[str] = "company.deleted"


@dataclass(frozen=True, kw_only=True)
class CompanyRestored(Fact):
    """Out of the trash."""

    name: ClassVar[str] = "company.restored"


@dataclass(frozen=True, kw_only=True)
class ConsentRecorded(Fact):
    """The person allowed or withdrew a purpose."""

    name: ClassVar[str] = "consent.recorded"
    purpose: str
    is_given: bool


@dataclass(frozen=True, kw_only=True)
class PersonMerged(Fact):
    """``merged_id`` is this person from now on."""

    name: ClassVar[str] = "person.merged"
    merged_id: int


@dataclass(frozen=True, kw_only=True)
class PersonUnmerged(Fact):
    """``merged_id`` is a person of their own again."""

    name: ClassVar[str] = "person.unmerged"
    merged_id: int


@dataclass(frozen=True, kw_only=True)
class CompaniesMerged(Fact):
    """``merged_id`` is this company from now on."""

    name: ClassVar[str] = "company.merged"
    merged_id: int


@dataclass(frozen=True, kw_only=True)
class CompaniesUnmerged(Fact):
    """``merged_id`` is a company of its own again."""

    name: ClassVar[str] = "company.unmerged"
    merged_id: int
