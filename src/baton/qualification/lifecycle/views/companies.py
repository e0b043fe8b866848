"""How far a company is, why, and setting it by hand."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.access.visibility import reaches
from baton.core.changes.addresses import undo_of
from baton.core.editing.moving import is_move
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.core.words import label_of
from baton.qualification.lifecycle import actions
from baton.qualification.lifecycle.forms import MoveForm
from baton.qualification.lifecycle.permissions import MOVE_STAGES
from baton.qualification.lifecycle.views.cards import CardMove
from baton.records.people.models import Company
from baton.records.people.queries import stage_badge, standing_there


def company_panel(request: Any, company: Company) -> str:
    """The stage with its reason: somebody's words, or who is that far."""
    person = standing_there(company, user=request.user) if not company.stage_reason else None
    words = _("%(person)s is that far.")
    context = {
        "company": company,
        "badge": stage_badge(company.stage) if company.stage else None,
        "because": words % {"person": person} if person else "",
        "may_move": reaches(request.user, company, MOVE_STAGES),
    }
    return render_to_string("lifecycle/company.html", context, request=request)


@requires(MOVE_STAGES)
@require_http_methods(["GET", "POST"])
def move(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Set the stage of a company, and say why."""
    user = cast(User, request.user)
    company = _movable_or_404(user, key)
    hand_on = partial(actions.set_company_stage, company=company, by=user, at=timezone.now())
    if is_move(request):
        return CardMove(
            request=request,
            record=company,
            list_name="companies",
            hand_on=hand_on,
            undo_url=undo_of,
        ).answer()
    sent = request.POST if request.method == "POST" else None
    form = MoveForm(sent, current="" if company.stage_reason else company.stage)
    if form.is_valid():
        try:
            batch = hand_on(**form.cleaned_data)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            stage = label_of(form.cleaned_data["to_stage"])
            words = _("%(company)s is at “%(stage)s” now.") % {"company": company, "stage": stage}
            say(request, words, undo_url=undo_of(batch))
            return go(request, company.get_absolute_url())
    context = {"company": company, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "lifecycle/move_company.html", context, status=status)


@requires(MOVE_STAGES)
@require_POST
def free(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Give the stage back to its people and deals."""
    user = cast(User, request.user)
    company = _movable_or_404(user, key)
    try:
        batch = actions.free_company_stage(company=company, by=user, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        words = _("The stage follows its people and deals again.")
        say(request, words, undo_url=undo_of(batch))
    return go(request, company.get_absolute_url())


def movable_companies(user: User) -> QuerySet[Company]:
    """Whose stage this user may set."""
    return Company.objects.visible_to(user, MOVE_STAGES)


def _movable_or_404(user: User, key: UUID) -> Company:
    return get_object_or_404(movable_companies(user), key=key)
