"""Marketing answers what sales said about a lead."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.limits import read_masked
from baton.core.ui.back import back_of, is_ours
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms import ReplyForm
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import REPLY_TO_VERDICTS
from baton.qualification.handoff.queries import reply_to, said_against
from baton.qualification.handoff.views.loading import on_their_clock


@requires(REPLY_TO_VERDICTS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def reply(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The reason, and the answer to it; then back to the list or the lead that led here."""
    user = user_of(request)
    seen = Handoff.objects.visible_to(user).select_related("person__company", "rep")
    handoff = get_object_or_404(seen, key=key)
    known = reply_to(handoff, said_against(handoff, user=user))
    lead, sent = reverse("handoff:lead", args=[key]), request.POST.get("back", "")
    back = sent if is_ours(request, sent) else back_of(request, usual=lead)
    form = ReplyForm(request.POST or None, reply=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply_to_verdict(
                handoff=handoff, by=user, at=timezone.now(), **form.cleaned_data
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Answered. Sales reads it."))
            return go(request, back)
    read_masked()  # nothing is written any more: as the page shows it
    said = said_against(handoff, user=user)
    context = {"form": form, "handoff": handoff, "said": said, "back": back}
    status = 422 if request.method == "POST" else 200
    return render(request, "handoff/reply.html", context, status=status)
