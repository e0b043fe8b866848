"""An ended review as mail, with its PDF: to each who reads it, what its page would show them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation
from baton.core.limits import read_by
from baton.core.mail.actions import Attached, send_again, write_mail
from baton.core.mail.models import Mail
from baton.core.paper import TYPE, Paper, pdf_of
from baton.insight.reviews.models import Point, Review
from baton.insight.reviews.permissions import EDIT_REVIEWS, VIEW_REVIEWS
from baton.insight.reviews.reading import name_of, paper_of, read_review

KIND = "review"  # of mail


class NotOver(RuleViolation):
    """What goes on still is not sent: it would say something else tomorrow."""


class NobodyPicked(RuleViolation):
    """A mail goes to somebody."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    user: User
    is_usual: bool  # holds reviews, or took a task of this one
    has_it: bool


def who_may_read(review: Review) -> list[Reader]:
    """Whoever may be sent it, in the order of their names; a fixed number of queries."""
    takers = set(Point.objects.filter(review=review).values_list("task__owner", flat=True))
    mailed = Mail.objects.filter(kind=KIND, once__startswith=f"{review.pk} ").exclude(
        state="failed"
    )
    having = set(mailed.values_list("user", flat=True))
    return [
        Reader(
            user=user,
            is_usual=user.may(EDIT_REVIEWS) or user.pk in takers,
            has_it=user.pk in having,
        )
        for user in who_can_sign_in()
        if user.may(VIEW_REVIEWS)
    ]


def mail_review(
    *, day: date, by: User, at: datetime, readers: Collection[User] | None = None
) -> int:
    """How many mails are owed by it: whoever got one gets no second, however often it is pressed;
    what was given up is sent once more. ``readers``: of those who may read it; else who usually do.

    Raises NotOver and NobodyPicked.
    """
    review = Review.objects.filter(monday=day).exclude(finished_at=None).first()
    if review is None:
        raise NotOver(_("End the review first: then it stays as it is, and can be sent."))
    picked = None if readers is None else {user.pk for user in readers}
    chosen = [
        one.user
        for one in who_may_read(review)
        if (one.is_usual if picked is None else one.user.pk in picked)
    ]
    if not chosen:
        raise NobodyPicked(_("Pick at least one reader."))
    return _send(review, _letters(review, chosen, at=at), by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class Letter:
    user: User
    context: Mapping[str, Any]
    pdf: bytes


def _letters(review: Review, users: Iterable[User], *, at: datetime) -> list[Letter]:
    """Set before anything is written: who reads the same shares a PDF."""
    made: list[tuple[Paper, bytes]] = []
    letters = []
    for user in users:
        with read_by(user.limits):
            context = read_review(review, review.monday, user=user)
        paper = paper_of(context)
        known = next((pdf for other, pdf in made if other == paper), None)
        if known is None:
            known = pdf_of(paper, at=at)
            made.append((paper, known))
        letters.append(Letter(user=user, context=context, pdf=known))
    return letters


@transaction.atomic
def _send(review: Review, letters: Iterable[Letter], *, by: User, at: datetime) -> int:
    count = sum(_write(review, letter, at=at) for letter in letters)
    if count:
        record_change(
            object_type="review", object_id=review.pk, verb="edited", by=by, at=at, cause="mailed"
        )
    return count


def _write(review: Review, letter: Letter, *, at: datetime) -> bool:
    user, context = letter.user, letter.context
    once = f"{review.pk} {user.pk}"
    known = Mail.objects.filter(kind=KIND, once=once).first()
    if known:
        return send_again(known, at=at)
    return write_mail(
        kind=KIND,
        once=once,
        user=user,
        to=user.email or "",
        to_name=user.name,
        subject=context["heading"],
        text=_plain(context),
        html=render_to_string("reviews/mail.html", context),
        files=[Attached(name=name_of(review.monday), type=TYPE, content=letter.pdf)],
        at=at,
    )


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
