"""What can be done to many rows of a list at once: each module hands in its acts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.errors import RuleViolation
from baton.core.slots import Slot


class WrongNumber(RuleViolation):
    """So many rows the act does not take."""


@dataclass(frozen=True, kw_only=True)
class Doing:
    """Who does it, when, and the batch by which all of it is taken back."""

    by: User
    at: datetime
    batch: UUID


@dataclass(frozen=True, kw_only=True)
class BulkAct:
    """``act`` changes some rows and says how many of them it changed; what refuses stays as it was.

    ``counted`` and ``done`` are the words: "12 people", and of those "12 people given to Mara.".
    """

    on: str  # the listing's name
    name: str
    label: Any
    icon: str
    permission: Permission
    reach: Callable[[User], QuerySet[Any]]  # the rows on which this user may do it
    act: Callable[[Collection[int], Any, Doing], int]
    counted: Callable[[int], str]
    done: Callable[[str, str], str]
    control: Callable[[User], forms.Field] | None = None  # what is chosen for all of them
    is_danger: bool = False
    fewest: int = 1  # rows that it takes
    most: int | None = None  # all of them in one transaction
    order: int = 100
    field: str = ""  # that it writes, where it is one: person.tags
    many: Any = None  # many.ManyEdit, where a page asks first which field it is

    def refuse_number(self, count: int) -> None:
        """Raises WrongNumber for more rows than it takes, or fewer."""
        if count < self.fewest or (self.most and count > self.most):
            raise WrongNumber(
                _("Tick %(fewest)d to %(most)d for that.")
                % {"fewest": self.fewest, "most": self.most}
            )

    @property
    def key(self) -> str:
        return f"{self.on}.{self.name}"


bulk_acts: Slot[BulkAct] = Slot(key=lambda act: act.key)


@dataclass(frozen=True, kw_only=True)
class BulkLink:
    """What else can be done with ticked rows, on any list: ``url`` takes the list's name and gets
    the form of the bar by POST (``row`` keys, ``all``, ``asked``)."""

    name: str
    label: Any
    icon: str
    url: Callable[[str], str]
    is_open: Callable[[User, str], bool]


bulk_links: Slot[BulkLink] = Slot(key=lambda link: link.name)


def acts_on(listing: str, *, user: User) -> list[BulkAct]:
    """What this user may do on that list, in order."""
    mine = [
        act
        for act in bulk_acts
        if act.on == listing and user.may(act.permission) and _may_write(act, user)
    ]
    return sorted(mine, key=lambda act: act.order)


def _may_write(act: BulkAct, user: User) -> bool:
    object_type, _dot, name = act.field.partition(".")
    return name not in user.limits(object_type).unwritten
