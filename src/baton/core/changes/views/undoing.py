from typing import cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baton.core.access.doors import signed_in
from baton.core.access.models import User
from baton.core.changes import actions
from baton.core.changes.queries import may_undo
from baton.core.errors import RuleViolation
from baton.core.ui.back import back_of, is_ours
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say


@signed_in
@require_POST
def undo(request: HtmxRequest, batch: UUID) -> HttpResponse:
    """Take back one's own act; one of somebody else, or on what one may not change, is a 404.

    Then to the page that the address names, like that of what is back, else where one was.
    """
    user = cast(User, request.user)
    if not may_undo(batch=batch, user=user):
        raise Http404
    then = back_of(request)
    try:
        outcome = actions.undo(batch=batch, by=user, at=timezone.now())
        kept = ", ".join(outcome.kept_fields)
        say(
            request,
            _("Taken back, but not: %(fields)s.") % {"fields": kept} if kept else _("Taken back."),
        )
        then = asked if is_ours(request, asked := request.GET.get("then", "")) else then
    except RuleViolation as no:
        say(request, str(no))
    return go(request, then)  # the whole page: any of it may show what was
