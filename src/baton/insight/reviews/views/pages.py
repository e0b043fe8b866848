"""The page of a week."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.home.queries import happens_much
from baton.core.paper import kept_as, pdf_of
from baton.core.settings.queries import one_organisation
from baton.core.ui.htmx import HtmxRequest
from baton.insight.analytics.queries import period_words, today
from baton.insight.analytics.rules import Period
from baton.insight.reviews.forms import PointForm, SendForm
from baton.insight.reviews.mailing import who_may_read
from baton.insight.reviews.models import Draft, Review
from baton.insight.reviews.permissions import EDIT_REVIEWS, VIEW_REVIEWS, sees_all
from baton.insight.reviews.queries import (
    Week,
    agenda_of,
    latest_reviews,
    points_of,
    promised_before,
    review_of,
    section_of,
    seen_of,
    titles,
)
from baton.insight.reviews.reading import name_of, paper_of, read_review
from baton.insight.reviews.rules import WEEK, Kind
from baton.insight.reviews.slots import follows_of
from baton.insight.reviews.views.loading import asked_week


@requires(VIEW_REVIEWS)
@require_GET
def review(request: HtmxRequest) -> HttpResponse:
    """Agenda, what was promised, and what is said."""
    return page(request, asked_week(request, today=today()))


@requires(VIEW_REVIEWS)
@require_GET
def paper(request: HtmxRequest) -> HttpResponse:
    """The same as a PDF: as it ended, or as it is now."""
    week, user, now = asked_week(request, today=today()), user_of(request), today()
    with one_organisation():
        found = review_of(week.monday)
        live = None if _is_kept(found) else _live(week, user=user, now=now)
        context = read_review(found, week.monday, user=user, agenda=live)
        content = pdf_of(paper_of(context), at=timezone.now())
    return kept_as(name_of(week.monday), content)


@requires(VIEW_REVIEWS)
@require_GET
def said(request: HtmxRequest) -> HttpResponse:
    """What both have written by now: asked again and again while a review goes on."""
    week, user = asked_week(request, today=today()), user_of(request)
    context = {**_said(review_of(week.monday), user=user), "week": week}
    return render(request, "reviews/said.html", context)


@requires(VIEW_REVIEWS)
@require_GET
def section(request: HtmxRequest, about: str) -> HttpResponse:
    """A part of the agenda that the page came without."""
    week, user, now = asked_week(request, today=today()), user_of(request), today()
    if about not in titles():
        raise Http404
    if not request.htmx:
        return redirect(f"{reverse('reviews:review')}?week={week.monday}&whole=1")
    with one_organisation():
        last = min(now, week.sunday)
        found = section_of(about, week, user=user, at=timezone.now(), today=last)
    context = {"section": found, "tells_names": True}
    return render(request, "reviews/section.html", context)


def page(
    request: HtmxRequest, week: Week, *, form: PointForm | None = None, status: int = 200
) -> HttpResponse:
    user, now = user_of(request), today()
    with one_organisation():
        found = review_of(week.monday)
        follows = _follows(request, found)
        context: dict[str, Any] = {
            **_said(found, user=user),
            "week": week,
            "week_words": period_words(Period(week.monday, week.sunday)),
            "agenda": [] if follows else _agenda(found, week, user=user, now=now),
            "follows": titles() if follows else {},
            "promised": promised_before(week, user=user),
            "now": timezone.now(),
            # What is read now holds no record that its reader does not see.
            "tells_names": sees_all(user) or not _is_kept(found),
            "send_form": _send_form(found, week) if user.may(EDIT_REVIEWS) else None,
            "earlier": week.monday - WEEK,
            "later": week.monday + WEEK if week.monday + WEEK <= now else None,
            "reviews": latest_reviews(user),
            "form": form or _form(week, user),
            "draft_url": reverse("reviews:draft"),
        }
    return render(request, "reviews/review.html", context, status=status)


def _follows(request: HtmxRequest, found: Review | None) -> bool:
    """Whether the page comes without its agenda: what is read from much is asked part by part."""
    return not _is_kept(found) and "whole" not in request.GET and happens_much()


def _is_kept(found: Review | None) -> bool:
    return found is not None and found.agenda is not None


def _agenda(found: Review | None, week: Week, *, user: User, now: date) -> Any:
    """As it was when the review ended; else as it is."""
    if found and found.agenda is not None:
        return seen_of(found.agenda, names=sees_all(user))
    return agenda_of(week, user=user, at=timezone.now(), today=min(now, week.sunday))


def _live(week: Week, *, user: User, now: date) -> list[dict[str, Any]]:
    """As it would be kept if the review ended now."""
    return [section.plain() for section in _agenda(None, week, user=user, now=now)]


def _said(found: Review | None, *, user: User) -> dict[str, Any]:
    points = points_of(found, user=user)
    is_over = bool(found and found.finished_at)
    return {
        "review": found,
        "is_over": is_over,
        "minutes": [one for one in points if one.kind == Kind.MINUTE],
        "decisions": follows_of([one for one in points if one.kind == Kind.DECISION], user),
        "tasks": [one for one in points if one.kind == Kind.TASK],
        "may_edit": user.may(EDIT_REVIEWS) and not is_over,
    }


def _form(week: Week, user: User) -> PointForm:
    draft = Draft.objects.filter(user=user, monday=week.monday).first()
    return PointForm(initial={"week": week.monday, "text": draft.text if draft else ""})


def _send_form(found: Review | None, week: Week) -> SendForm | None:
    """Of a review that is over: whoever usually reads it and has it not is picked."""
    if found is None or not found.finished_at:
        return None
    readers = who_may_read(found)
    usual = [str(one.user.key) for one in readers if one.is_usual and not one.has_it]
    names = [
        (
            str(one.user.key),
            _("%(name)s (has it)") % {"name": one.user.name} if one.has_it else one.user.name,
        )
        for one in readers
    ]
    return SendForm(initial={"week": week.monday, "readers": usual}, names=names)
