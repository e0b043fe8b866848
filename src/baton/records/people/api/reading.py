"""From what was sent to what the actions take: keys become records, texts become typed values."""

import json
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from baton.core import filters
from baton.core.access.models import User
from baton.core.api.conditions import read_condition
from baton.core.api.problems import Problem
from baton.core.filters import BadFilter
from baton.core.settings.queries import organisation_zone
from baton.records.people.models import Company
from baton.records.people.queries import possible_owners

M = TypeVar("M", bound=Model)


def owner_of(key: UUID | None, *, present: User | None = None) -> User | None:
    """One who can sign in, or the present owner, by this key. Raises Problem 422."""
    if key is None:
        return None
    owner = possible_owners(present=present.key if present else None).filter(key=key).first()
    if owner is None:
        raise Problem(422, "owner: no colleague who can sign in has this key.")
    return owner


def company_of(key: UUID | None, *, user: User, named: str = "company") -> Company | None:
    """The company, when this user sees it. Raises Problem 422."""
    if key is None:
        return None
    company = Company.objects.visible_to(user).filter(key=key).first()
    if company is None:
        raise Problem(422, f"{named}: there is none with this key that you may see.")
    return company


def filtered(rows: QuerySet[M], tree: str, *, object_type: str) -> QuerySet[M]:
    """Narrowed by a filter as JSON; "" is everything. Raises Problem 422."""
    if not tree:
        return rows
    try:
        chosen = read_condition(json.loads(tree), object_type=object_type, name="filter")
    except (BadFilter, ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, BadFilter) else "it is not JSON."
        raise Problem(422, f"filter: {why}") from error
    return rows.filter(filters.compile(chosen, at=timezone.now(), zone=organisation_zone()))
