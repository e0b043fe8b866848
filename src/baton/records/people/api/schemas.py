"""What goes in and out. Records are named by key, never by id; unknown fields are refused."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, ModelWrapValidatorHandler, ValidationInfo, model_validator

from baton.core.api.custom import Custom
from baton.core.api.shown import Shown
from baton.core.limits import hidden
from baton.records.people.models import Company, Consent, Person, PostalAddress, Tag
from baton.records.people.rules import AddressKind, BuyingRole, Seniority

Line = Annotated[str, Field(max_length=250)]
Word = Annotated[str, Field(max_length=120)]
Texts = Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=50)]
Tags = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=50)]
Nothing = Literal[""]
# Of what stands as the default itself a copy is made for each person of a thousand.
NONE: Any = Field(default_factory=list, json_schema_extra={"default": []})
NO_NAMES: Any = Field(default_factory=dict, json_schema_extra={"default": {}})


class Strict(Schema):
    """A misspelt field is an error, not silence. What is sent is plain JSON: it is read once, and
    not a second time attribute by attribute, as ninja reads what may be a record."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="wrap")
    @classmethod
    def _run_root_validator(
        cls, values: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        return handler(values)


class Ref(Shown):
    """Another record: its key, and what screens call it."""

    key: UUID
    name: str


def _rows(record: Person | Company, name: str) -> Iterable[Any]:
    """Of one of its lists; mostly they were read with it, and need no manager to be asked."""
    held = vars(record).get("_prefetched_objects_cache", {})
    return held[name] if name in held else getattr(record, name).all()  # type: ignore[no-any-return]


def _names(tags: Iterable[Tag]) -> list[str]:
    return [tag.name for tag in sorted(tags, key=lambda tag: tag.normalised)]


class PostalAddressOut(Shown):
    kind: str
    street: str
    postcode: str
    city: str
    region: str
    country: str


class PostalAddressIn(Strict):
    """Where mail on paper goes; ``street`` in lines."""

    kind: AddressKind = AddressKind.WORK
    street: Line = ""
    postcode: Annotated[str, Field(max_length=20)] = ""
    city: Word = ""
    region: Annotated[str, Field(max_length=80)] = ""
    country: Word = ""


class PersonOut(Shown):
    key: UUID
    version: int
    full_name: str
    first_name: str
    last_name: str
    emails: list[str]  # the primary one first
    phones: list[str]
    tags: list[str]
    addresses: list[PostalAddressOut]  # the one to use first
    job_title: str
    seniority: str
    buying_role: str
    linkedin: str
    x: str
    website: str
    company: Ref | None
    owner: Ref | None
    language: str
    zone: str
    country: str
    origin: str
    channel: str
    campaign: str
    landing_page: str
    said_source: str
    stage: str
    lead_at: datetime | None
    fit: int
    engagement: int
    score: int
    grade: str  # A1 to D4
    persona: str
    latest_touch: str
    latest_touch_at: datetime | None
    external_ids: dict[str, str]
    custom: dict[str, Any]
    created_at: datetime

    @staticmethod
    def resolve_emails(person: Person) -> list[str]:
        rows = [one for one in _rows(person, "emails") if one.address and one.deleted_at is None]
        return [row.address for row in sorted(rows, key=lambda row: (not row.is_primary, row.pk))]

    @staticmethod
    def resolve_phones(person: Person) -> list[str]:
        rows = sorted(_rows(person, "phones"), key=lambda row: (not row.is_primary, row.pk))
        return [row.number for row in rows if row.number]

    @staticmethod
    def resolve_addresses(person: Person) -> list[PostalAddress]:
        seen = [] if "addresses" in hidden("person") else _rows(person, "addresses")
        return sorted(seen, key=lambda row: row.pk)

    @staticmethod
    def resolve_tags(person: Person) -> list[str]:
        return _names(_rows(person, "tags"))

    @staticmethod
    def resolve_external_ids(person: Person) -> dict[str, str]:
        return {row.source: row.external_id for row in _rows(person, "external_ids")}


class PersonFields(Strict):
    """What may be said of a person, new or known."""

    first_name: Word = ""
    last_name: Word = ""
    full_name: Line = ""
    emails: Texts = NONE
    phones: Texts = NONE
    tags: Tags = NONE
    addresses: Annotated[list[PostalAddressIn], Field(max_length=20)] = NONE
    job_title: Annotated[str, Field(max_length=160)] = ""
    seniority: Seniority | Nothing = ""
    buying_role: BuyingRole | Nothing = ""
    linkedin: Line = ""
    x: Annotated[str, Field(max_length=60)] = ""
    website: Line = ""
    company: UUID | None = None
    owner: UUID | None = None
    language: Annotated[str, Field(max_length=12)] = ""
    zone: Annotated[str, Field(max_length=64)] = ""
    country: Word = ""
    said_source: Line = ""
    custom: Custom = NO_NAMES


class PersonIn(PersonFields):
    """``origin`` is by default what your role's people usually are."""

    origin: str = ""
    channel: Annotated[str, Field(max_length=40)] = ""
    campaign: Word = ""
    landing_page: Line = ""
    external_ids: dict[
        Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=200)]
    ] = NO_NAMES


class PersonPatch(PersonFields):
    """Only the fields that are sent change; ``version`` is the one you read."""

    version: int


class CompanyOut(Shown):
    key: UUID
    version: int
    name: str
    domains: list[str]
    tags: list[str]
    industry: str
    employee_count: int | None
    annual_revenue: Decimal | None
    revenue_currency: str
    phone: str
    linkedin: str
    x: str
    website: str
    territory: str
    stage: str  # of the furthest of its people and deals, or as somebody set it
    stage_at: datetime | None
    stage_reason: str  # why somebody set it; else empty
    street: str
    postcode: str
    city: str
    country: str
    region: str
    parent: Ref | None  # none, too, where you may not see it
    owner: Ref | None
    external_ids: dict[str, str]
    custom: dict[str, Any]
    created_at: datetime

    @staticmethod
    def resolve_domains(company: Company) -> list[str]:
        rows = [one for one in _rows(company, "domains") if one.domain and one.deleted_at is None]
        return [row.domain for row in sorted(rows, key=lambda row: row.pk)]

    @staticmethod
    def resolve_tags(company: Company) -> list[str]:
        return _names(_rows(company, "tags"))

    @staticmethod
    def resolve_external_ids(company: Company) -> dict[str, str]:
        return {row.source: row.external_id for row in _rows(company, "external_ids")}


class CompanyFields(Strict):
    """What may be said of a company, new or known."""

    domains: Texts = []
    tags: Tags = []
    industry: Word = ""
    employee_count: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    # 15 digits are what SQLite gives back as they were.
    annual_revenue: Annotated[Decimal, Field(max_digits=15, decimal_places=2)] | None = None
    revenue_currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    phone: Annotated[str, Field(max_length=60)] = ""
    linkedin: Line = ""
    x: Annotated[str, Field(max_length=60)] = ""
    website: Line = ""
    territory: Annotated[str, Field(max_length=80)] = ""
    street: Line = ""
    postcode: Annotated[str, Field(max_length=20)] = ""
    city: Word = ""
    country: Word = ""
    region: Annotated[str, Field(max_length=80)] = ""
    parent: UUID | None = None
    owner: UUID | None = None
    custom: Custom = {}


class CompanyIn(CompanyFields):
    name: Line
    external_ids: dict[
        Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=200)]
    ] = {}


class CompanyPatch(CompanyFields):
    """Only the fields that are sent change; ``version`` is the one you read."""

    name: Line = ""
    version: int


class ConsentIn(Strict):
    """One statement; the latest by time holds for its address and purpose."""

    email: Annotated[str, Field(max_length=254)]
    purpose: Annotated[str, Field(min_length=1, max_length=40)]
    is_given: bool
    basis: Annotated[str, Field(min_length=1, max_length=40)] = "consent"
    source: Annotated[str, Field(max_length=120)] = "API"
    wording: Annotated[str, Field(max_length=4000)] = ""


class ConsentOut(Schema):
    email: str
    purpose: str
    is_given: bool
    basis: str
    source: str
    wording: str
    at: datetime

    @staticmethod
    def resolve_email(consent: Consent) -> str:
        return consent.email
