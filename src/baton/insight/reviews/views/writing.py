"""Minutes, decisions and tasks, and the end of a review."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.mail.tasks import send_mail
from baton.core.settings.queries import organisation_zone
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.insight.analytics.queries import today
from baton.insight.reviews import actions
from baton.insight.reviews.forms import PointForm, WeekForm
from baton.insight.reviews.mailing import mail_review
from baton.insight.reviews.models import Point
from baton.insight.reviews.permissions import EDIT_REVIEWS
from baton.insight.reviews.queries import week_of, whole_agenda
from baton.insight.reviews.views.pages import page

CLOSES = time(17)  # when a task of a day is due


@requires(EDIT_REVIEWS)
@require_POST
def add(request: HtmxRequest) -> HttpResponse:
    """A line of the minutes, a decision or a task."""
    week = week_of(_day(request))
    form = PointForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        due_on = typed["due_on"]
        try:
            actions.add_point(
                day=week.monday,
                kind=typed["kind"],
                text=typed["text"],
                owner=typed["owner"],
                due_at=_due(due_on) if due_on else None,
                by=user_of(request),
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            return go(request, f"{_url(week.monday)}#said")
    return page(request, week, form=form, status=422)


@requires(EDIT_REVIEWS)
@require_POST
def draft(request: HtmxRequest) -> HttpResponse:
    """What stands in the form, while somebody types."""
    text = request.POST.get("text", "")
    actions.keep_draft(user=user_of(request), day=_day(request), text=text)
    return HttpResponse(status=204)


@requires(EDIT_REVIEWS)
@require_POST
def finish(request: HtmxRequest) -> HttpResponse:
    """The review ends: its agenda stays as it is now."""
    week, user, now = week_of(_day(request)), user_of(request), timezone.now()
    seen = whole_agenda(week, by=user, at=now, today=min(today(), week.sunday))
    agenda: list[dict[str, Any]] = [section.plain() for section in seen]
    try:
        actions.finish_review(day=week.monday, agenda=agenda, by=user, at=now)
    except RuleViolation as no:
        say(request, str(no))
    else:
        say(request, _("The review is over. It stays as it is."))
    return go(request, _url(week.monday))


@requires(EDIT_REVIEWS)
@require_POST
def send(request: HtmxRequest) -> HttpResponse:
    """An ended review, by mail."""
    day = week_of(_day(request)).monday
    try:
        count = mail_review(
            day=day, by=user_of(request), at=timezone.now(), readers=_picked(request)
        )
    except RuleViolation as no:
        say(request, str(no))
    else:
        send_mail.enqueue()
        say(request, _sent(count))
    return go(request, _url(day))


def _picked(request: HtmxRequest) -> list[User]:
    """Whoever of them may not read it is left out where it is sent."""
    keys = set(request.POST.getlist("readers"))
    return [user for user in who_can_sign_in() if str(user.key) in keys]


def _sent(count: int) -> str:
    if not count:
        return _("Everybody who reads it has it already.")
    words = ngettext("It goes to %(n)s reader.", "It goes to %(n)s readers.", count) % {"n": count}
    if settings.MAIL_IS_SET_UP:
        return words
    return words + " " + _("No mail server is named yet: it waits for one.")


@requires(EDIT_REVIEWS)
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Written by mistake; the toast brings it back."""
    rows = Point.objects.visible_to(user_of(request), EDIT_REVIEWS).select_related("review")
    point = get_object_or_404(rows, key=key)
    try:
        batch = actions.remove_point(point=point, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        say(request, _("The line is gone."), undo_url=undo_of(batch))
    return go(request, f"{_url(point.review.monday)}#said")


def _day(request: HtmxRequest) -> date:
    form = WeekForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    day: date = form.cleaned_data["week"]
    if day > today():
        raise BadRequest
    return day


def _due(day: date) -> datetime:
    return datetime.combine(day, CLOSES, tzinfo=organisation_zone())


def _url(monday: date) -> str:
    return f"{reverse('reviews:review')}?week={monday}"
