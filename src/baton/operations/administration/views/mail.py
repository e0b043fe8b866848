"""The mail that Baton wrote: what left, what waits, what was given up, and why."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.mail import actions
from baton.core.mail.models import Mail
from baton.core.mail.rules import State
from baton.core.mail.tasks import send_mail
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.core.ui.messages import say
from baton.operations.administration.permissions import MANAGE_SETTINGS

STATES = {
    State.WAITING: {"name": gettext_lazy("Waiting"), "hue": "amber"},
    State.SENDING: {"name": gettext_lazy("On its way"), "hue": "blue"},
    State.SENT: {"name": gettext_lazy("Sent"), "hue": "green"},
    State.FAILED: {"name": gettext_lazy("Given up"), "hue": "red"},
}
TABS = {"": gettext_lazy("All"), **{state.value: words["name"] for state, words in STATES.items()}}


def state_badge(mail: Mail) -> Any:
    """Sent, waiting or given up, and its colour."""
    return STATES[State(mail.state)]


MAILS = Listing(
    name="mails",
    columns=(
        Column(name="subject", label=gettext_lazy("Subject")),
        Column(name="to", label=gettext_lazy("To"), on_phone=True),
        Column(
            name="state",
            label=gettext_lazy("State"),
            kind="badge",
            value=state_badge,
            on_phone=True,
        ),
        Column(name="tries", label=gettext_lazy("Tries"), kind="number"),
        Column(name="created_at", label=gettext_lazy("Written"), kind="when"),
        Column(name="id", label=gettext_lazy("Number"), kind="number", sort="id"),
    ),
    order="-id",
    url=lambda mail: reverse("administration:one-mail", args=[mail.key]),
    empty=Empty(icon="mail", text=gettext_lazy("Send yourself a test: it stands here then.")),
)


@requires(MANAGE_SETTINGS)
@require_GET
def mails(request: HtmxRequest) -> HttpResponse:
    """All of them, the latest first."""
    asked = request.GET.get("state", "")
    rows = Mail.objects.filter(state=asked) if asked in set(State) else Mail.objects.all()
    context = {
        "list": list_page(request, MAILS, rows),
        "tabs": [(name, words, name == asked) for name, words in TABS.items()],
        "is_set_up": settings.MAIL_IS_SET_UP,
        "is_armed": organisation().is_armed,
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    return page_or_partial(request, "administration/mails.html", "list", context)


@requires(MANAGE_SETTINGS)
@require_GET
def one(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One, with what the server said."""
    mail = get_object_or_404(Mail, key=key)
    context = {"mail": mail, "state": state_badge(mail), "is_failed": mail.state == State.FAILED}
    return render(request, "administration/mail.html", context)


@requires(MANAGE_SETTINGS)
@require_POST
def again(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What was given up is tried anew."""
    mail = get_object_or_404(Mail, key=key)
    if actions.send_again(mail, at=timezone.now()):
        send_mail.enqueue()
        say(request, _("It is sent again."))
    return redirect("administration:one-mail", key)


@requires(MANAGE_SETTINGS)
@require_POST
def test(request: HtmxRequest) -> HttpResponse:
    """A mail to oneself, to see that they arrive."""
    me = cast(User, request.user)
    actions.write_mail(
        kind="test",
        to=me.email or "",
        to_name=me.name,
        subject=_("A test from Baton"),
        text=_("Mail from Baton reaches you at %(site)s.") % {"site": settings.SITE_URL},
        user=me,
        at=timezone.now(),
    )
    send_mail.enqueue()
    say(request, _("A test to %(mail)s is on its way.") % {"mail": me.email})
    return redirect("administration:mails")
