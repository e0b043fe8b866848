from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.demo.queries import demo_is_here
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration import actions
from baton.operations.administration.forms import HoursForm, OrganisationForm
from baton.operations.administration.permissions import MANAGE_SETTINGS
from baton.operations.administration.queries import STEPS, findings, guide


def begin(request: HttpRequest) -> str:
    """Who is in charge of a new house is told what to begin with; the demo needs no guide."""
    steps = [] if organisation().is_demo else guide()
    if not steps:
        return ""
    context = {"steps": steps, "done": sum(one.is_done for one in steps), "all": len(steps)}
    return render_to_string("administration/guide.html", context, request=request)


@requires(MANAGE_SETTINGS)
@require_POST
def skip(request: HtmxRequest) -> HttpResponse:
    """A step of the guide, or back to it."""
    name = request.POST.get("step", "")
    if name not in {step.name for step in STEPS}:
        raise Http404
    if request.POST.get("back"):
        actions.take_up_step(name=name)
    else:
        actions.skip_step(name=name)
    return redirect("home:home")


@requires(MANAGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def company(request: HtmxRequest) -> HttpResponse:
    now = organisation()
    hours = HoursForm(request.POST or None, own=now.hours)
    form = OrganisationForm(request.POST or None, instance=now)
    if request.method == "POST" and all([form.is_valid(), hours.is_valid()]):
        values = {**form.cleaned_data, "hours": hours.week}
        actions.save_company(values=values, by=cast(User, request.user), at=timezone.now())
        say(request, _("Saved."))
        return redirect("administration:company")
    context = {
        "form": form,
        "hours": hours,
        "findings": findings(at=timezone.now(), reads_all=False),
        "has_demo": demo_is_here(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/company.html", context, status=status)
