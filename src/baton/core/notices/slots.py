"""A module says here what it tells whom; the inbox itself knows no module."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.core.access.models import User
from baton.core.facts import Fact
from baton.core.notices.rules import USUAL, Ways
from baton.core.offers import Label
from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing for one user. ``cause`` is the same whenever the same is told."""

    user_id: int
    cause: str
    what: str  # the name of the record
    url: str
    at: datetime
    about_id: int | None = None


def everything(user: User, ids: Collection[int]) -> Collection[int]:
    """For what is nobody's record."""
    return ids


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """``title`` has %(what)s, ``many`` %(n)s: more than a few at once are told together.

    ``tell`` makes of facts (live ones) what to say to whom, with a fixed number of queries; a kind
    without is told by its module's timer through ``actions.tell``. ``seen`` says which records the
    user may see now: of others the inbox tells nothing. ``ways`` are the usual ones by which it
    reaches somebody; what ``rings`` is a clock of the agreement, and heard outside working hours.
    """

    name: str
    label: Label  # on the page where one chooses: "A lead is offered to me"
    title: Label
    many: Label
    icon: str
    many_url: Callable[[], str]
    fact: type[Fact] | None = None
    tell: Callable[[Sequence[Any]], Iterable[News]] | None = None
    seen: Callable[[User, Collection[int]], Collection[int]] = everything
    permission: str = ""  # who may get it, to be asked whether they want it
    ways: Ways = USUAL
    rings: bool = False


notice_kinds: Slot[NoticeKind] = Slot(key=lambda kind: kind.name)
