"""What is true of one person, one company, and what hangs on them."""

from baton.records.people.models.addresses import (
    EmailAddress,
    PersonExternalId,
    Phone,
    PostalAddress,
)
from baton.records.people.models.companies import (
    Company,
    CompanyDomain,
    CompanyExternalId,
    CompanyQuerySet,
)
from baton.records.people.models.consent import Consent, Identity
from baton.records.people.models.few import found_by_sales, in_trash
from baton.records.people.models.merges import CompanyIdentity, Merge
from baton.records.people.models.people import Person, PersonQuerySet
from baton.records.people.models.tags import CompanyTag, PersonTag, Tag
from baton.records.people.models.words import CompanyWords, PersonWords

__all__ = [
    "Company",
    "CompanyDomain",
    "CompanyExternalId",
    "CompanyIdentity",
    "CompanyQuerySet",
    "CompanyTag",
    "CompanyWords",
    "Consent",
    "EmailAddress",
    "Identity",
    "Merge",
    "Person",
    "PersonExternalId",
    "PersonQuerySet",
    "PersonTag",
    "PersonWords",
    "Phone",
    "PostalAddress",
    "Tag",
    "found_by_sales",
    "in_trash",
]
