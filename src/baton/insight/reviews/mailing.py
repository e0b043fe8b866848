"""An ended review as mail: to each who reads it, what its page would show them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.addresses import absolute
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation
from baton.core.limits import read_by
from baton.core.mail.actions import send_again, write_mail
from baton.core.mail.models import Mail
from baton.insight.analytics.queries import period_words
from baton.insight.analytics.rules import Period
from baton.insight.reviews.models import Point, Review
from baton.insight.reviews.permissions import EDIT_REVIEWS, VIEW_REVIEWS, sees_all
from baton.insight.reviews.queries import points_of, seen_of, week_of
from baton.insight.reviews.rules import Kind

KIND = "review"  # of mail


class NotOver(RuleViolation):
    """What goes on still is not sent: it would say something else tomorrow."""


def readers_of(review: Review) -> list[User]:
    """Who holds reviews, and whoever took a task of this one, as far as they read reviews."""
    takers = set(Point.objects.filter(review=review).values_list("task__owner", flat=True))
    return [
        user
        for user in who_can_sign_in()
        if user.may(VIEW_REVIEWS) and (user.may(EDIT_REVIEWS) or user.pk in takers)
    ]


@transaction.atomic
def mail_review(*, day: date, by: User, at: datetime) -> int:
    """How many mails are owed by it: whoever got one gets no second, however often it is pressed;
    what was given up is sent once more.

    Raises NotOver.
    """
    review = Review.objects.filter(monday=day).exclude(finished_at=None).first()
    if review is None:
        raise NotOver(_("End the review first: then it stays as it is, and can be sent."))
    count = sum(_write(review, user, at=at) for user in readers_of(review))
    if count:
        record_change(
            object_type="review", object_id=review.pk, verb="edited", by=by, at=at, cause="mailed"
        )
    return count


def _write(review: Review, user: User, *, at: datetime) -> bool:
    once = f"{review.pk} {user.pk}"
    known = Mail.objects.filter(kind=KIND, once=once).first()
    if known:
        return send_again(known, at=at)
    with read_by(user.limits):
        context = _context(review, user)
    return write_mail(
        kind=KIND,
        once=once,
        user=user,
        to=user.email or "",
        to_name=user.name,
        subject=context["heading"],
        text=_plain(context),
        html=render_to_string("reviews/mail.html", context),
        at=at,
    )


def _context(review: Review, user: User) -> dict[str, Any]:
    week = week_of(review.monday)
    points = points_of(review, user=user)
    labels = {Kind.DECISION: _("Decisions"), Kind.TASK: _("Tasks"), Kind.MINUTE: _("Minutes")}
    said = [(label, [one for one in points if one.kind == kind]) for kind, label in labels.items()]
    words = period_words(Period(week.monday, week.sunday))
    return {
        "heading": _("Weekly review, %(week)s") % {"week": words},
        "url": absolute(f"{reverse('reviews:review')}?week={review.monday}"),
        "said": [(label, lines) for label, lines in said if lines],
        "sections": list(_sections(seen_of(review.agenda or []), names=sees_all(user))),
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


def _plain(context: Mapping[str, Any]) -> str:
    parts = [context["heading"], context["url"]]
    for label, points in context["said"]:
        parts += ["", label, *(f"- {_said(point)}" for point in points)]
    for section in context["sections"]:
        parts += ["", section["title"]]
        for line in section["lines"]:
            parts.append(f"- {line['words']}: {line['value']}")
            parts += [f"  {words}" for words, _url in line["rows"]]
    return "\n".join(parts) + "\n"


def _said(point: Point) -> str:
    return f"{point.text} ({point.task.owner.name})" if point.task else point.text
