"""A review as somebody reads it who is not at its page: in a mail, on paper."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.template.defaultfilters import date as day_format
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.addresses import absolute
from baton.core.paper import Line, Paper, Part
from baton.insight.analytics.queries import period_words
from baton.insight.analytics.rules import Period
from baton.insight.reviews.models import Point, Review
from baton.insight.reviews.permissions import sees_all
from baton.insight.reviews.queries import points_of, promised_before, seen_of, week_of
from baton.insight.reviews.rules import Kind

DAY = "j M Y"


def read_review(
    review: Review | None,
    day: date,
    *,
    user: User,
    agenda: Sequence[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """``agenda``: of a review that goes on still, as it is now."""
    week = week_of(day)
    points = points_of(review, user=user)
    labels = {Kind.DECISION: _("Decisions"), Kind.TASK: _("Tasks"), Kind.MINUTE: _("Minutes")}
    said = [(label, [one for one in points if one.kind == kind]) for kind, label in labels.items()]
    words = period_words(Period(week.monday, week.sunday))
    names = agenda is not None or sees_all(user)
    lines = list(agenda if agenda is not None else (review and review.agenda) or [])
    return {
        "heading": _("Weekly review, %(week)s") % {"week": words},
        "week": words,
        "state": _state(review),
        "url": absolute(f"{reverse('reviews:review')}?week={week.monday}"),
        "said": [(label, lines) for label, lines in said if lines],
        "promised": promised_before(week, user=user),
        "sections": list(_sections(seen_of(lines, names=names), names=names)),
    }


def _state(review: Review | None) -> str:
    if review is None or not (review.finished_at and review.finished_by):
        return _("not ended yet")
    day = timezone.localtime(review.finished_at)
    return _("ended by %(name)s, %(day)s") % {
        "name": review.finished_by.name,
        "day": day_format(day, DAY),
    }


def _sections(agenda: Sequence[Mapping[str, Any]], *, names: bool) -> Iterator[dict[str, Any]]:
    """Those that say something, each link as one reads it who is not here."""
    for section in agenda:
        lines = [
            {
                "words": line["words"],
                "value": line["value"],
                "url": absolute(line["url"]) if line["url"] else "",
                "rows": [(words, absolute(url)) for words, url in line["rows"]] if names else [],
            }
            for line in section["lines"]
        ]
        if lines:
            yield {"title": section["title"], "lines": lines}


def paper_of(context: Mapping[str, Any]) -> Paper:
    """What was decided first, then what it rests on."""
    said = [
        Part(title=label, lines=[_point_line(point) for point in points])
        for label, points in context["said"]
    ]
    promised = [_promised_line(point) for point in context["promised"]]
    if promised:
        said.append(Part(title=_("Promised in earlier reviews"), lines=promised))
    figures = [
        Part(
            title=section["title"],
            lines=[
                Line(words=line["words"], value=line["value"], url=line["url"], names=line["rows"])
                for line in section["lines"]
            ],
        )
        for section in context["sections"]
    ]
    nothing = [Part(title=_("Agenda"), note=_("Nothing was written down, and nothing stood out."))]
    return Paper(
        title=_("Weekly review"),
        about=f"{context['week']}, {context['state']}",
        url=context["url"],
        parts=[*said, *figures] or nothing,
    )


def _point_line(point: Point) -> Line:
    if point.task is None:
        return Line(words=point.text, note=point.by.name if point.by else "")
    due = point.task.due_at
    until = _("until %(day)s") % {"day": day_format(timezone.localtime(due), DAY)} if due else ""
    note = ", ".join(filter(None, [point.task.owner.name, until]))
    return Line(words=point.text, note=note, value=_("Done") if point.task.done_at else "")


def _promised_line(point: Point) -> Line:
    line = _point_line(point)
    return Line(words=line.words, note=line.note, value=line.value or _("Open"))


def name_of(monday: date) -> str:
    """Of the file."""
    return f"weekly-review-{monday}.pdf"
