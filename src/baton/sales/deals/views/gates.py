"""What stages ask for: the form before a move, and the setting."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.sales.deals import actions
from baton.sales.deals.forms import GateForm, StageGateForm
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.permissions import MANAGE_PIPELINES
from baton.sales.deals.queries import rivals
from baton.sales.deals.views.cards import board_query, board_url, buyer_of


def show_gate(
    request: HtmxRequest, deal: Deal, *, form: GateForm, stage: Stage, gaps: list[str]
) -> HttpResponse:
    """On a board: in the dialog, and leaving it puts the card back. Elsewhere a page."""
    query = board_query(request.GET)
    is_page = request.GET.get("from") == "page"
    if is_page:
        query["from"] = "page"
    context = {
        "deal": deal,
        "title": buyer_of(deal),
        "stage": stage,
        "form": form,
        "fields": [form[name] for name in gaps],
        "rivals": rivals(user_of(request)) if "competitor" in gaps else [],
        "url": f"{reverse('deals:move', args=[deal.key])}?{query.urlencode()}",
        "back": deal.get_absolute_url() if is_page else board_url(request.GET),
    }
    partial = "" if not request.htmx else "#dialog" if form.is_bound else "#ask"
    status = 422 if form.is_bound else 200
    response = render(request, f"deals/gate.html{partial}", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@requires(MANAGE_PIPELINES)
@require_http_methods(["GET", "POST"])
def stage_gate(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Which fields a deal needs to enter this stage."""
    stage = get_object_or_404(Stage.objects.living().select_related("pipeline"), key=key)
    form = StageGateForm(request.POST if request.method == "POST" else None, stage=stage)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_gate(
                stage=stage, asked=form.cleaned_data["asked"], version=form.cleaned_data["version"]
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, _("Saved."))
            return go(request, reverse("deals:pipelines"))
    status = 422 if form.errors else 200
    context = {"stage": stage, "form": form}
    response = render(
        request, f"deals/stage_gate.html{'#dialog' if request.htmx else ''}", context, status=status
    )
    patch_vary_headers(response, ["HX-Request"])
    return response
