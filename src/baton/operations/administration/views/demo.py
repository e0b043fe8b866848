from typing import Any, cast

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, signed_in
from baton.core.access.models import User
from baton.core.demo.actions import NotOneOfThem, become, note_switch
from baton.core.demo.queries import demo_is_here, demo_logins, is_in_charge, real_logins
from baton.core.demo.sessions import go_on_as, who_is_behind
from baton.core.ui.formats import grouped
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration.actions import AlreadyEnded, MailTaken, end_demo
from baton.operations.administration.forms import EndDemoForm
from baton.operations.administration.permissions import MANAGE_SETTINGS
from baton.operations.administration.queries import removal, switch_for


@signed_in
@require_POST
def switch(request: HtmxRequest) -> HttpResponse:
    """Go on as one of the demo's people, without a password; each starts where their day does."""
    by, behind = cast(User, request.user), who_is_behind(request)
    asked = request.POST.get("who", "")
    who = next((one for one in demo_logins() if str(one.key) == asked), None)
    if who is None:
        raise Http404
    try:
        become(who=who, by=by, behind=behind, at=timezone.now())
    except NotOneOfThem as no:
        raise PermissionDenied from no
    go_on_as(request, who, behind=behind or by)
    return redirect("home:home")


@signed_in
@require_POST
def back(request: HtmxRequest) -> HttpResponse:
    """Be oneself again: who signed in with a password, and may still manage Baton."""
    user, behind = cast(User, request.user), who_is_behind(request)
    if behind is None:
        raise Http404
    note_switch(was=user, becomes=behind, by=behind, at=timezone.now())
    go_on_as(request, behind, behind=None)
    return redirect("home:home")


@requires(MANAGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def end(request: HtmxRequest) -> HttpResponse:
    """Ask first, with what would go; then all of it goes at once, the cast's sign-ins with it."""
    if not demo_is_here():
        raise Http404
    asked = removal()
    form = EndDemoForm(request.POST or None, removal=asked)
    # Without questions the form is complete as soon as it was sent.
    if request.method == "POST" and (not form.fields or form.is_valid()):
        try:
            count = _end(request, form)
        except AlreadyEnded as no:
            say(request, str(no))
            return redirect("home:home")
        except MailTaken as no:
            form.add_error("email", str(no))
        else:
            words = ngettext(
                "The demo is gone: %(n)s record and all that hung on it.",
                "The demo is gone: %(n)s records and all that hung on them.",
                count,
            )
            say(request, words % {"n": grouped(count)})
            return redirect("home:home")
    context = {"form": form, "removal": asked}
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/end_demo.html", context, status=status)


def _end(request: HttpRequest, form: EndDemoForm) -> int:
    first = form.first_admin()
    keeper = first or _keeper(request)
    is_here = first is not None or keeper in _here(request)
    company = form.cleaned_data["company"] if "company" in form.fields else ""
    count, user = end_demo(keeper=keeper, company=company, at=timezone.now())
    _go_on(request, user if is_here else None)
    return count


def _keeper(request: HttpRequest) -> User:
    """Who stays in charge: whoever sits here, else one of the real people who could."""
    able = [one for one in real_logins() if is_in_charge(one)]
    return next(iter([*(one for one in able if one in _here(request)), *able]))


def _here(request: HttpRequest) -> tuple[Any, ...]:
    return request.user, who_is_behind(request)


def _go_on(request: HttpRequest, user: User | None) -> None:
    """As oneself; one of the demo's people has nobody to go on as."""
    if user is None:
        logout(request)
    elif user != request.user:
        go_on_as(request, user, behind=None)


def banner(request: HttpRequest) -> dict[str, Any] | None:
    """For the shell: nothing where there is no demo, or for who has no part in it."""
    user: Any = request.user
    if not getattr(user, "demo_is_here", False):
        return None
    behind, logins = who_is_behind(request), demo_logins()
    shown = switch_for(user, behind=behind, cast=logins)
    if shown is None and user not in logins:
        return None
    # One of the cast is in the menu already.
    way_back = behind if behind not in logins else None
    return {"switch": shown, "behind": way_back, "may_end": user.may(MANAGE_SETTINGS)}
