"""The plan that new customers get."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import TemplateForm
from baton.sales.customers.models import TemplateStep
from baton.sales.customers.permissions import MANAGE_CUSTOMERS
from baton.sales.customers.words import WHOSE


@requires(MANAGE_CUSTOMERS)
@require_http_methods(["GET", "POST"])
def template(request: HtmxRequest) -> HttpResponse:
    """Its steps by day, and the form for one more."""
    form = TemplateForm(request.POST or None)
    if form.is_valid():
        batch = actions.save_template_step(
            step=None, by=user_of(request), at=timezone.now(), **form.cleaned_data
        )
        say(request, _("The step is added."), undo_url=undo_of(batch))
        return go(request, reverse("customers:template"))
    status = 422 if request.method == "POST" else 200
    rows = TemplateStep.objects.filter(deleted_at=None).order_by("days", "pk")
    context = {"form": form, "rows": [(one, WHOSE[one.whose]) for one in rows]}
    return render(request, "customers/template.html", context, status=status)


@requires(MANAGE_CUSTOMERS)
@require_http_methods(["GET", "POST"])
def template_step(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Another name, side or day."""
    step = _step(key)
    usual = {"name": step.name, "whose": step.whose, "days": step.days}
    form = TemplateForm(request.POST or None, initial=usual)
    if form.is_valid():
        batch = actions.save_template_step(
            step=step, by=user_of(request), at=timezone.now(), **form.cleaned_data
        )
        say(request, _("Saved."), undo_url=undo_of(batch))
        return go(request, reverse("customers:template"))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "step": step}
    return render(request, "customers/template_step.html", context, status=status)


@requires(MANAGE_CUSTOMERS)
@require_POST
def remove_template_step(request: HtmxRequest, key: UUID) -> HttpResponse:
    """With a way back; plans that run keep theirs."""
    step = _step(key)
    batch = actions.remove_template_step(step=step, by=user_of(request), at=timezone.now())
    say(request, _("“%(step)s” is removed.") % {"step": step.name}, undo_url=undo_of(batch))
    return go(request, reverse("customers:template"))


@requires(MANAGE_CUSTOMERS)
@require_POST
def usual(request: HtmxRequest) -> HttpResponse:
    """Five steps to begin with."""
    batch = actions.begin_with_usual(by=user_of(request), at=timezone.now())
    say(request, _("Change them as you work."), undo_url=undo_of(batch))
    return go(request, reverse("customers:template"))


def _step(key: UUID) -> TemplateStep:
    return get_object_or_404(TemplateStep.objects.filter(deleted_at=None), key=key)
