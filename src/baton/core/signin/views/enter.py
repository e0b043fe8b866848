from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import public, signed_in
from baton.core.signin.actions import Accepted
from baton.core.signin.forms import CodeForm, SignInForm
from baton.core.signin.queries import codes_left, has_second_step
from baton.core.signin.waiting import let_in, let_wait, who_waits
from baton.core.ui.back import is_ours
from baton.core.ui.messages import say


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The password; axes counts the failures. Who has a second step is asked for it, too."""
    back = _back(request)
    if request.user.is_authenticated:
        return redirect(back)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        if has_second_step(user):
            let_wait(request, user, back=back, at=timezone.now())
            return redirect("signin:code")
        let_in(request, user)
        return redirect(back)
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    status = 422 if request.method == "POST" else 200
    return render(request, "signin/sign_in.html", context, status=status)


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: what the app shows now, or a code from paper."""
    user = who_waits(request, at=timezone.now())
    if user is None:
        return redirect("signin:sign-in")
    form = CodeForm(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        back = let_in(request, user)
        if form.accepted_by is Accepted.RECOVERY:
            left = codes_left(user)
            words = ngettext(
                "That recovery code is used up: %(n)s is left.",
                "That recovery code is used up: %(n)s are left.",
                left,
            )
            say(request, words % {"n": left})
        return redirect(back or settings.LOGIN_REDIRECT_URL)
    status = 422 if request.method == "POST" else 200
    return render(request, "signin/code.html", {"form": form}, status=status)


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("signin:sign-in")


def _back(request: HttpRequest) -> str:
    """Where they wanted to go, if it is ours."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if is_ours(request, asked) else settings.LOGIN_REDIRECT_URL
