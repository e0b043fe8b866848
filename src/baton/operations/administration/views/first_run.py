"""The first screen of an installation without anybody."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import public
from baton.core.errors import RuleViolation
from baton.core.signin.waiting import let_in
from baton.operations.administration.actions import ensure_set_up_code, set_up_by_code
from baton.operations.administration.forms import FirstRunForm
from baton.operations.administration.queries import needs_set_up

logger = logging.getLogger(__name__)


@public
@never_cache
@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Once: afterwards this address leads home."""
    if not needs_set_up():
        return redirect("home:home")
    if code := ensure_set_up_code(at=timezone.now()):
        logger.warning("Nobody has set Baton up yet. The code for the set-up screen: %s", code)
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = set_up_by_code(at=timezone.now(), **form.said())
        except RuleViolation as no:
            form.add_error("code", str(no))
        else:
            let_in(request, user)
            return redirect("home:home")
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/first_run.html", {"form": form}, status=status)
