"""What one is told, and how, over the REST API: /api/v1/notices/."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.problems import Problem
from baton.core.notices import choices
from baton.core.notices.permissions import CHOOSE_NOTICES, READ_CHOICES
from baton.core.notices.rules import Way, write_ways

router = Router(tags=["notices"])
# Of RFC 3339 a time has a zone; this one is on a wall, whatever the zone.
WallTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class ToldOut(Schema):
    """Of one kind: the ways by which you are told, and those that would be usual for your role."""

    kind: str
    label: str
    ways: list[Way]
    usual: list[Way]


class ChoicesOut(Schema):
    """``digest_at`` is on the clock of your own zone; ``keeps_quiet``: no pushes outside your
    working hours, but for clocks of the agreement."""

    digest_at: WallTime
    keeps_quiet: bool
    kinds: list[ToldOut]


class ToldIn(Schema):
    model_config = ConfigDict(extra="forbid")

    kind: str
    ways: list[Way]


class ChoicesIn(Schema):
    """What is left out stays as it is; no ways: you are not told of that kind."""

    model_config = ConfigDict(extra="forbid")

    digest_at: WallTime | None = None
    keeps_quiet: bool | None = None
    kinds: list[ToldIn] = []


@router.get("/choices/", response=ChoicesOut, operation_id="read_notice_choices")
@needs(READ_CHOICES)
def read_choices(request: HttpRequest) -> Any:
    """Yours."""
    return _told(user_of(request))


@router.patch("/choices/", response=ChoicesOut, operation_id="choose_notices")
@needs(CHOOSE_NOTICES)
def choose(request: HttpRequest, sent: ChoicesIn) -> Any:
    """Yours. 422 for a kind that there is not, or that you never get."""
    user = user_of(request)
    known = {line.kind.name for line in choices.lines_for(user)}
    if unknown := [one.kind for one in sent.kinds if one.kind not in known]:
        raise Problem(422, f"You are never told of “{unknown[0][:40]}”.")
    if sent.kinds:
        chosen = {one.kind: frozenset(one.ways) for one in sent.kinds}
        choices.choose_ways(user=user, chosen=chosen)
    if sent.digest_at is not None or sent.keeps_quiet is not None:
        _set_habits(user, sent)
    return _told(user)


def _set_habits(user: User, sent: ChoicesIn) -> None:
    habits = choices.habits_of(user)
    at, quiet = sent.digest_at, sent.keeps_quiet
    choices.set_habits(
        user=user,
        digest_minute=habits.digest_minute if at is None else int(at[:2]) * 60 + int(at[3:]),
        keeps_quiet=habits.keeps_quiet if quiet is None else quiet,
        at=timezone.now(),
    )


def _told(user: User) -> dict[str, Any]:
    habits = choices.habits_of(user)
    return {
        "digest_at": f"{habits.digest_minute // 60:02}:{habits.digest_minute % 60:02}",
        "keeps_quiet": habits.keeps_quiet,
        "kinds": [
            {
                "kind": line.kind.name,
                "label": str(line.kind.label),
                "ways": write_ways(line.ways),
                "usual": write_ways(line.usual),
            }
            for line in choices.lines_for(user)
        ],
    }
