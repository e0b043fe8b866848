from typing import Any

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from baton.core.access.doors import public, signed_in
from baton.core.signin.forms import SignInForm


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Django's own view does the work: session cycled, axes counts the failures."""
    view: Any = auth_views.LoginView.as_view(
        template_name="signin/sign_in.html",
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
    view: Any = auth_views.LogoutView.as_view(next_page="signin:sign-in")
    response: HttpResponse = view(request)
    return response
