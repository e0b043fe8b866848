"""Kinds of records that are shared; each module adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.slots import Slot


class About(TypedDict, total=False):
    """The ids that a fact about a record carries."""

    person_id: int | None
    company_id: int | None
    deal_id: int | None
    campaign_id: int | None


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """``reached`` gives the living records that a user reaches with a permission. A record has a
    key, an address, an owner, and words that name it."""

    name: str  # of the object type in the shares table: "person"
    icon: str
    view: Permission
    edit: Permission
    reached: Callable[[User, Permission], QuerySet[Any]]
    about: Callable[[Any], About]  # whom facts about it tell of
    history: Callable[[Any], str] | None = None  # the page of all that was done to it
    is_shared: bool = True  # else whoever may, sees all of them: there is nobody to let in


record_kinds: Slot[RecordKind] = Slot(key=lambda kind: kind.name)
