"""One's own goals, and the company's, on the first page of the day."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy

from baton.core.access.doors import user_of
from baton.core.home.slots import (
    LOOKERS,
    MANAGERS,
    MARKETERS,
    OWNERS,
    SELLERS,
    Counts,
    HomeBlock,
    HomePlace,
)
from baton.insight.analytics.queries import today
from baton.insight.goals.permissions import VIEW_GOALS
from baton.insight.goals.queries import goals_on_home, standings_of
from baton.insight.goals.rules import Unit, span_of
from baton.insight.goals.views.shown import line_of
from baton.insight.goals.words import span_words

FEW = 5


def goals_block(request: HttpRequest) -> str:
    """Of this quarter: a seller's own; of others those they answer for, and the company's."""
    user, now = user_of(request), today()
    span = span_of(Unit.QUARTER, now)
    goals = goals_on_home(user, span, most=FEW)
    if not goals:
        return ""
    context = {
        "lines": [line_of(found) for found in standings_of(goals, today=now)],
        "note": span_words(span),
        "url": reverse("goals:goals"),
    }
    return render_to_string("goals/home.html", context, request=request)


BLOCKS = (
    HomeBlock(
        name="goals",
        render=goals_block,
        place=HomePlace.TOP,
        order=25,
        permission=VIEW_GOALS.name,
        roles=SELLERS | MARKETERS | MANAGERS | OWNERS | LOOKERS,
        counts=Counts(title=gettext_lazy("Goals"), desk=356, phone=866),
    ),
)
