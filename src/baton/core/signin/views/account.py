"""What somebody sets for their own sign-in."""

from typing import cast
from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.actions import set_password
from baton.core.access.doors import signed_in
from baton.core.access.models import User
from baton.core.signin.actions import end_session, end_sessions
from baton.core.signin.forms import OwnPasswordForm
from baton.core.signin.queries import device_words, devices_of, sessions_of
from baton.core.ui.messages import say


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
        end_sessions(user=user, but=request.session.session_key)
        say(request, _("Your password is changed. Other sessions of yours have ended."))
        return redirect("signin:password")
    status = 422 if request.method == "POST" else 200
    return render(request, "signin/password.html", {"form": form}, status=status)


@signed_in
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    user = cast(User, request.user)
    devices = devices_of(user, here=request.session.session_key, at=timezone.now())
    return render(request, "signin/sessions.html", {"devices": devices})


@signed_in
@require_POST
def end_one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ending the one that one sits in is signing out."""
    own = sessions_of(cast(User, request.user), at=timezone.now())
    ended = get_object_or_404(own, key=key)
    if ended.session_key == request.session.session_key:
        request.session.flush()
        return redirect("signin:sign-in")
    end_session(session=ended)
    say(request, _("%(device)s is signed out.") % {"device": device_words(ended.agent)})
    return redirect("signin:sessions")


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    count = end_sessions(user=user, but=request.session.session_key)
    words = ngettext("%(n)s other session has ended.", "%(n)s other sessions have ended.", count)
    say(request, words % {"n": count})
    return redirect("signin:sessions")
