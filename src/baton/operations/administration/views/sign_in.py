"""What the company asks of sign-ins, and help for who lost their phone."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.signin.actions import ask_for_second_step, end_second_step
from baton.core.signin.queries import second_step_rule, who_lacks_second_step
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration.forms import SecondStepForm
from baton.operations.administration.permissions import MANAGE_USERS


@requires(MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def sign_in_rules(request: HtmxRequest) -> HttpResponse:
    """Of whom a second step is asked, and who lacks it."""
    rule = second_step_rule()
    asked_of = rule.asked_of if rule else ""
    form = SecondStepForm(request.POST or None, initial={"asked_of": asked_of})
    if request.method == "POST" and form.is_valid():
        ask_for_second_step(
            asked_of=form.asked(),
            grace=form.given_grace(),
            by=cast(User, request.user),
            at=timezone.now(),
        )
        say(request, _("Saved."))
        return redirect("administration:sign-in-rules")
    context = {"form": form, "rule": rule, "lacking": who_lacks_second_step(asked_of)}
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/sign_in_rules.html", context, status=status)


@requires(MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def end_step(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Ask first: whoever calls and says that they lost their phone may be somebody else."""
    known = get_object_or_404(
        User, key=key, deleted_at=None, second_step__confirmed_at__isnull=False
    )
    if request.method == "POST":
        end_second_step(user=known, by=cast(User, request.user), at=timezone.now())
        say(request, _("%(name)s signs in by password alone now.") % {"name": known.name})
        return redirect("administration:user", key=known.key)
    return render(request, "administration/end_step.html", {"known": known})
