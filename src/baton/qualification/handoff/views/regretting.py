"""An answer is taken back by who gave it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.queries import answered_by
from baton.qualification.handoff.views.loading import on_their_clock


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def undo(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Back to the lead; to the desk where somebody else has it by now."""
    user = user_of(request)
    handoff = get_object_or_404(answered_by(user), key=key)
    try:
        actions.undo_answer(handoff=handoff, by=user, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        say(request, _("Taken back: %(who)s waits for an answer.") % {"who": handoff.person})
    is_here = Handoff.objects.visible_to(user).filter(pk=handoff.pk).exists()
    return go(request, reverse("handoff:lead", args=[key]) if is_here else reverse("handoff:desk"))
