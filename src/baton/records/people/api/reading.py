"""From what was sent to what the actions take: keys become records, texts become typed values."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from baton.core import filters
from baton.core.access.models import User
from baton.core.api.problems import Problem
from baton.core.fields.queries import FieldBook
from baton.core.fields.rules import Unreadable
from baton.core.filters import BadFilter
from baton.core.settings.queries import organisation_zone
from baton.records.people.models import Company
from baton.records.people.queries import possible_owners

M = TypeVar("M", bound=Model)


def user_of(request: HttpRequest) -> User:
    """For whom the key speaks."""
    assert isinstance(request.user, User)  # noqa: S101 -- the key's door has opened
    return request.user


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


def custom_of(
    sent: Mapping[str, Any], *, object_type: str, known: Mapping[str, Any]
) -> dict[str, Any]:
    """The record's own fields after this; an empty value takes one away. Raises Problem 422."""
    book = FieldBook(object_type)
    values = dict(known)
    for code, value in sent.items():
        field = book.by_code.get(code)
        if field is None:
            raise Problem(422, f"custom.{code[:60]}: there is no such field.")
        try:
            values[code] = book.read(field, _text(value), kept=known.get(code))
        except Unreadable as error:
            raise Problem(422, f"custom.{code}: {error}") from error
    return {code: value for code, value in values.items() if value is not None}


def filtered(rows: QuerySet[M], tree: str, *, object_type: str) -> QuerySet[M]:
    """Narrowed by a filter as JSON; "" is everything. Raises Problem 422."""
    if not tree:
        return rows
    try:
        chosen = filters.parse(json.loads(tree), object_type=object_type)
    except (BadFilter, ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, BadFilter) else "it is not JSON."
        raise Problem(422, f"filter: {why}") from error
    return rows.filter(filters.compile(chosen, at=timezone.now(), zone=organisation_zone()))


def _text(value: Any) -> str | list[str]:
    if isinstance(value, list):
        return [str(_text(one)) for one in value]
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
