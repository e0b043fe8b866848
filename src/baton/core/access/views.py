from typing import Any, cast

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.actions import set_password
from baton.core.access.doors import public, signed_in
from baton.core.access.forms import OwnPasswordForm, SignInForm
from baton.core.access.models import User
from baton.core.ui.messages import say

THEMES = ("system", "light", "dark")


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Django's own view does the work: session cycled, axes counts the failures."""
    view: Any = auth_views.LoginView.as_view(
        template_name="access/sign_in.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=True,
    )
    response: HttpResponse = view(request)
    if request.method == "POST" and response.status_code == 200:
        response.status_code = 422
    return response


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    view: Any = auth_views.LogoutView.as_view(next_page="access:sign-in")
    response: HttpResponse = view(request)
    return response


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """One's own: the other sessions end, this one gets another key."""
    user = cast(User, request.user)
    form = OwnPasswordForm(user, request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        set_password(user=user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        say(request, _("Your password is changed. Other sessions of yours have ended."))
        return redirect("access:password")
    status = 422 if request.method == "POST" else 200
    return render(request, "access/password.html", {"form": form}, status=status)


@public
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remembered in a cookie, so that the server can render it without a flash."""
    theme = request.POST.get("theme", "")
    back = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if is_ours else "/")
    if theme in THEMES:
        response.set_cookie("baton_theme", theme, max_age=365 * 24 * 3600, samesite="Lax")
    return response
