"""Kinds of records that modules below know by plain ids only, and who sees them; what others know
of who is signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from baton.core.access.models import User
from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class Guarded:
    """``seen`` gives the records of this kind that a user sees; what is told about others, too, is
    not theirs to read."""

    object_type: str  # "deal"
    seen: Callable[[User], QuerySet[Any]]


@dataclass(frozen=True, kw_only=True)
class UserMark:
    """What every page asks about who is signed in, read in the query that reads the user."""

    name: str  # the attribute of the user
    expression: Callable[[], Any]


@dataclass(frozen=True, kw_only=True)
class SessionRule:
    """A session in which it does not hold any more ends with the next request."""

    name: str
    holds: Callable[[HttpRequest], bool]


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Asked before each screen of who is signed in: an answer of its own stands in for it."""

    name: str
    stops: Callable[[HttpRequest], HttpResponse | None]


@dataclass(frozen=True, kw_only=True)
class ShareCause:
    """Why a record is open to somebody, in words for who looks after it."""

    name: str  # the cause in the shares table
    label: str | Promise


guarded: Slot[Guarded] = Slot(key=lambda kind: kind.object_type)
user_marks: Slot[UserMark] = Slot(key=lambda mark: mark.name)
session_rules: Slot[SessionRule] = Slot(key=lambda rule: rule.name)
gates: Slot[Gate] = Slot(key=lambda gate: gate.name)
share_causes: Slot[ShareCause] = Slot(key=lambda cause: cause.name)


def about_seen(user: User, object_type: str, *, column: str) -> Q:
    """The rows whose ``column`` names no record of this kind, or one that the user sees."""
    kind = guarded.find(object_type)
    if kind is None:
        return Q()
    return Q(Exists(kind.seen(user).filter(pk=OuterRef(column)))) | Q(**{column: None})
