from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.calendars.actions import add_free_day, trash_free_days
from baton.core.calendars.models import FreeDay
from baton.core.calendars.permissions import MANAGE_CALENDARS
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration.forms import FreeDayForm

MOST = 200


@requires(MANAGE_CALENDARS)
@require_http_methods(["GET", "POST"])
def free_days(request: HtmxRequest) -> HttpResponse:
    """The company's own free days, and the form for one."""
    form = FreeDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = cast(User, request.user)
        try:
            day, batch = add_free_day(**form.cleaned_data, by=by, at=timezone.now())
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            words = _("Nobody works on “%(name)s”.") % {"name": day.name}
            say(request, words, undo_url=undo_of(batch))
            return redirect("administration:free-days")
    seen = FreeDay.objects.visible_to(cast(User, request.user))
    context = {
        "form": form,
        "days": seen.order_by("-is_yearly", "-on")[:MOST],
        "place": organisation().country,
    }
    status = 422 if form.errors else 200
    return render(request, "administration/free_days.html", context, status=status)


@requires(MANAGE_CALENDARS)
@require_POST
def delete_free_day(request: HtmxRequest, key: UUID) -> HttpResponse:
    by = cast(User, request.user)
    day = get_object_or_404(FreeDay.objects.visible_to(by), key=key)
    batch = trash_free_days(day_ids=[day.pk], by=by, at=timezone.now())
    words = _("“%(name)s” is a day of work again.") % {"name": day.name}
    say(request, words, undo_url=undo_of(batch))
    return redirect("administration:free-days")
