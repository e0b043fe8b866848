"""When they are spoken with next, and how it went."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.ui.formats import day_words
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import RhythmForm, SpokenForm
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.views.keeping import keep
from baton.sales.customers.views.loading import customer_or_404, today
from baton.sales.customers.views.records import page


@requires(EDIT_CUSTOMERS)
@require_POST
def rhythm(request: HtmxRequest, key: UUID) -> HttpResponse:
    """How often, and the day that they know of."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    return keep(
        request,
        found,
        RhythmForm(request.POST, customer=found),
        name="rhythm",
        act=lambda said: actions.set_checkins(
            customer=found, by=user_of(request), at=timezone.now(), **said
        ),
    )


@requires(EDIT_CUSTOMERS)
@require_POST
def spoken(request: HtmxRequest, key: UUID) -> HttpResponse:
    """A call, a meeting or a mail: on the timeline, and the next check-in counts from now on."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    form = SpokenForm(request.POST, customer=found, user=user_of(request))
    if form.is_valid():
        try:
            logged = actions.log_checkin(
                customer=found, by=user_of(request), at=timezone.now(), **form.values()
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            undo = reverse("timeline:delete-activity", args=[logged.key])
            say(request, _told(found), undo_url=undo)
            return go(request, found.get_absolute_url())
    return page(request, found, status=422, forms={"spoken": form})


def _told(found: Customer) -> str:
    found.refresh_from_db(fields=["checkin_on"])
    if found.checkin_on is None:
        return _("Logged.")
    if found.checkin_on <= today():
        return _("Logged. Nobody was reached: the check-in is still due.")
    day = day_words(found.checkin_on, today=today(), is_inside=True)
    return _("Logged. The next check-in is due %(day)s.") % {"day": day}
