"""The door for who was invited: opening it changes nothing, the form makes the account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import public
from baton.core.access.roles import LABELS, Role
from baton.core.errors import RuleViolation
from baton.core.settings.queries import organisation
from baton.core.signin.actions import accept_invitation
from baton.core.signin.forms import InvitedForm
from baton.core.signin.queries import invitation_of
from baton.core.signin.waiting import let_in


@public
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Name, password, zone, and they are in."""
    now, company = timezone.now(), organisation()
    invitation = invitation_of(secret, at=now)
    if invitation is None:
        return _closed(request)
    initial = {"name": invitation.name, "zone": company.zone}
    form = InvitedForm(request.POST or None, email=invitation.email, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "password", "zone")}
        try:
            user = accept_invitation(secret=secret, at=now, **said)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            let_in(request, user)
            return redirect("/")
    context = {
        "form": form,
        "invitation": invitation,
        "company": company.name,
        "role": LABELS.get(Role(invitation.role), invitation.role),
    }
    status = 422 if request.method == "POST" else 200
    return _unreferred(render(request, "signin/invited.html", context, status=status))


def _closed(request: HttpRequest) -> HttpResponse:
    return _unreferred(render(request, "signin/invited_closed.html", status=404))


def _unreferred(response: HttpResponse) -> HttpResponse:
    """The address is the secret: no other site reads in its log where somebody came from."""
    response["Referrer-Policy"] = "same-origin"
    return response
