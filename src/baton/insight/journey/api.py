"""The buyer's journey over the REST API: /api/v1/journey/."""

from datetime import timedelta
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.problems import Problem
from baton.insight.journey.permissions import VIEW_JOURNEY
from baton.insight.journey.queries import Asked, Step, journey_of
from baton.records.audience.models import Persona

router = Router(tags=["journey"])


class JourneyContentOut(Schema):
    """``persona``: the key of whom it is shown to; null is everybody."""

    key: UUID
    kind: Literal["page", "form", "campaign", "sentences"]
    name: str
    persona: UUID | None


class BuyerStageOut(Schema):
    """``here``, ``entered``, ``left``, ``went_on``, ``still_here``, ``long`` are people.

    ``went_on``: of ``entered``, those who were further on later; ``long``: of ``here``, those who
    are here longer than ``slow_days``, within which nine in ten stays ended. ``gaps``: keys of
    personas to whom nothing is shown; a null is everybody.
    """

    code: str
    name: str
    question: str
    care: Literal["marketing", "sales", "both"]
    lifecycle: list[str]
    here: int
    entered: int
    left: int
    went_on: int
    still_here: int
    conversion: float | None
    median_days: float | None
    slow_days: float | None
    long: int
    is_stall: bool
    content: list[JourneyContentOut]
    gaps: list[UUID | None]


class JourneyOut(Schema):
    stages: list[BuyerStageOut]


@router.get("/", response=JourneyOut, operation_id="get_journey")
@needs(VIEW_JOURNEY)
def journey(
    request: HttpRequest,
    days: Annotated[int, Query(ge=1, le=3650)] = 90,
    persona: UUID | None = None,
) -> Any:
    """The stages in their order, of the latest ``days``; ``persona``: of these people alone."""
    user, now = cast(User, request.user), timezone.now()
    asked = Asked(
        user=user,
        since=now - timedelta(days=days),
        until=now,
        now=now,
        persona=_persona(persona, user),
    )
    return {"stages": [_told(step) for step in journey_of(asked, user=user).steps]}


def _persona(key: UUID | None, user: User) -> Persona | None:
    if key is None:
        return None
    found = Persona.objects.visible_to(user).filter(key=key).first()
    if found is None:
        raise Problem(422, "persona: there is none with this key.")
    return found


def _told(step: Step) -> dict[str, Any]:
    spot, found = step.spot, step.figures
    return {
        "code": spot.code,
        "name": spot.name,
        "question": spot.question,
        "care": spot.care,
        "lifecycle": list(spot.stages),
        "left": found.gone,
        "still_here": found.still,
        "is_stall": step.stall is not None,
        "content": [
            {
                "key": one.key,
                "kind": one.kind,
                "name": one.name,
                "persona": one.persona.key if one.persona else None,
            }
            for one in step.contents
        ],
        "gaps": [one.key if one else None for one in step.gaps],
        **{name: getattr(found, name) for name in ("here", "entered", "went_on", "long")},
        **{name: getattr(found, name) for name in ("conversion", "median_days", "slow_days")},
    }
