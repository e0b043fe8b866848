"""One's own second step: set up, recovery codes, ended."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import signed_in
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.settings.queries import organisation
from baton.core.signin.actions import (
    begin_second_step,
    confirm_second_step,
    end_second_step,
    new_recovery_codes,
)
from baton.core.signin.forms import AgainForm, ConfirmForm
from baton.core.signin.queries import codes_left, has_second_step, setting_of
from baton.core.signin.slots import is_exempt
from baton.core.ui.messages import say


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Off, being set up, or on. POST: the code that confirms it."""
    form = ConfirmForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, {"confirm": form})
    user = cast(User, request.user)
    try:
        code = form.cleaned_data["code"]
        codes = confirm_second_step(user=user, code=code, at=timezone.now())
    except RuleViolation as no:
        form.add_error("code", str(no))
        return _page(request, {"confirm": form})
    return _shown_once(request, codes)


@signed_in
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new secret, shown on the page that it leads to."""
    try:
        begin_second_step(user=cast(User, request.user))
    except RuleViolation as no:
        say(request, str(no))
    return redirect("signin:second-step")


@signed_in
@never_cache
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = AgainForm(request.POST, request=request, user=user, place="codes")
    if not form.is_valid():
        return _page(request, {"again_codes": form})
    try:
        return _shown_once(request, new_recovery_codes(user=user))
    except RuleViolation as no:
        say(request, str(no))
        return redirect("signin:second-step")


@signed_in
@never_cache
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = AgainForm(request.POST, request=request, user=user, place="end")
    if not form.is_valid():
        return _page(request, {"again_end": form})
    end_second_step(user=user, by=user, at=timezone.now())
    say(request, _("The second step is off. Your password alone lets you in."))
    return redirect("signin:second-step")


def _shown_once(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "all_codes": "\n".join(codes)}
    return render(request, "signin/codes.html", context)


def _page(request: HttpRequest, forms: dict[str, Any]) -> HttpResponse:
    user = cast(User, request.user)
    is_on = has_second_step(user)
    context = {
        "is_on": is_on,
        "is_exempt": is_exempt(user),
        "codes_left": codes_left(user) if is_on else 0,
        "setting": None if is_on else setting_of(user, issuer=organisation().name),
        "confirm": ConfirmForm(),
        "again_codes": AgainForm(request=request, user=user, place="codes"),
        "again_end": AgainForm(request=request, user=user, place="end"),
        **forms,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "signin/second_step.html", context, status=status)
