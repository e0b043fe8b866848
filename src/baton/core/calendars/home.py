"""Who is away, on the first page of those who lead others."""

from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from baton.core.access.models import User
from baton.core.calendars.permissions import VIEW_CALENDARS
from baton.core.calendars.queries import away_soon
from baton.core.home.slots import MANAGERS, OWNERS, HomeBlock, HomePlace

DAYS, FEW = 7, 6


def away_block(request: HttpRequest) -> str:
    """Away now or within a week; nothing where everybody is here."""
    rows = away_soon(cast(User, request.user), at=timezone.now(), days=DAYS, most=FEW)
    context = {"rows": rows, "days": DAYS}
    return render_to_string("calendars/home_away.html", context, request=request) if rows else ""


AWAY = HomeBlock(
    name="away",
    render=away_block,
    place=HomePlace.SIDE,
    order=12,
    permission=VIEW_CALENDARS.name,
    roles=MANAGERS | OWNERS,
)
