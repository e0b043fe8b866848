"""Answers as they are shown: on a customer's page, above lists."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from baton.core.access.models import User
from baton.sales.customers.models import Survey
from baton.sales.customers.queries import satisfaction
from baton.sales.customers.rules import Mood, State, SurveyKind, mood_of
from baton.sales.customers.tokens import survey_link
from baton.sales.customers.words import (
    MOOD_HUES,
    MOODS,
    SURVEY_KINDS,
    SURVEY_STATES,
    score_words,
)


def answer_badge(row: Survey) -> dict[str, Any]:
    """The score, or how far the question is."""
    if row.score is None:
        return {"name": SURVEY_STATES[row.state(timezone.now())], "hue": "gray"}
    return {"name": score_words(row.kind, row.score), "hue": MOOD_HUES[mood(row)]}


def mood(row: Survey) -> Mood:
    """How an answered one counts."""
    return mood_of(SurveyKind(row.kind), row.score or 0)


def figures_of(user: User) -> list[dict[str, Any]]:
    """What was answered within a year, each with the way to its answers."""
    found, url = satisfaction(user, at=timezone.now()), reverse("customers:surveys")
    told = [(SurveyKind.NPS, found.nps, "nps"), (SurveyKind.CSAT, found.csat, "csat")]
    return [
        {
            "is_nps": kind is SurveyKind.NPS,
            "word": word,
            "value": round(figure.value * 100),
            "low": round(figure.low * 100),
            "high": round(figure.high * 100),
            "count": figure.count,
            "url": f"{url}?view={kind}",
            "moods": [
                (MOODS[kind, one], found.moods[kind, one], f"{url}?view={kind}-{one}")
                for one in Mood
            ],
        }
        for kind, figure, word in told
        if figure
    ]


def surveys_of(customer_id: int) -> list[dict[str, Any]]:
    """Those of one customer, the newest first, with the link of what can be answered."""
    rows = (
        Survey.objects.living()
        .filter(customer=customer_id)
        .select_related("person", "customer", "task")
    )
    at = timezone.now()
    return [
        {
            "survey": one,
            "badge": answer_badge(one),
            "kind": SURVEY_KINDS[one.kind],
            "link": survey_link(one) if one.state(at) is State.OPEN else "",
            "may_take_back": one.answered_at is None,
        }
        for one in rows.order_by("-asked_at", "-pk")[:20]
    ]
