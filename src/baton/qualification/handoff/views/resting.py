"""From the person's page: the day or the condition of a rest that runs."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.calendars.queries import zone_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms import RestForm
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.queries.rests import rest_of
from baton.qualification.handoff.views.loading import on_their_clock
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE


@requires(ANSWER_HANDOFFS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def change(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Of whom nobody lets rest there is no page."""
    user, is_sent = user_of(request), request.method == "POST"
    person = get_object_or_404(Person.objects.visible_to(user, EDIT_PEOPLE).living(), key=key)
    rest = get_object_or_404(rest_of(person))
    day = rest.until.astimezone(ZoneInfo(zone_of(rest.return_to or user))).date()
    form = RestForm(request.POST or None, tree=rest.condition, initial={"until_on": day})
    if is_sent and form.is_valid():
        try:
            batch = actions.change_rest(
                person=person, by=user, at=timezone.now(), **form.cleaned_data
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            undo = undo_of(batch)
            say(request, _("Changed.") if batch else _("Nothing changed."), undo_url=undo)
            return go(request, person.get_absolute_url())
    context = {"person": person, "rest": rest, "form": form}
    return render(request, "handoff/rest.html", context, status=422 if is_sent else 200)
