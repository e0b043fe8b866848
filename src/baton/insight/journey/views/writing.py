"""The map drawn anew, and what is shown in its stages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.insight.journey import actions
from baton.insight.journey.forms import ContentForm, MapForms
from baton.insight.journey.models import Shown
from baton.insight.journey.permissions import EDIT_JOURNEY
from baton.insight.journey.queries import shown_to_choose, spots
from baton.insight.journey.views.asking import code_of, url_of
from baton.marketing.campaigns.models import Campaign
from baton.marketing.capture.models import Form, Page
from baton.records.audience.models import Persona

KINDS: dict[str, Any] = {"page": Page, "form": Form, "campaign": Campaign}


@requires(EDIT_JOURNEY)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest) -> HttpResponse:
    """Names, questions, who cares, and by which lifecycle stage somebody is known to be where."""
    forms = MapForms(spots(), request.POST or None)
    if request.method == "POST" and forms.is_valid():
        try:
            batch = actions.draw_map(drawn=forms.drawn(), by=user_of(request), at=timezone.now())
        except RuleViolation as no:
            forms.map.add_error(None, str(no))
        else:
            undo_url = undo_of(batch)
            say(request, _("The map is saved."), undo_url=undo_url)
            return go(request, url_of("journey"))
    context = {"forms": forms, "back": url_of("journey")}
    status = 422 if request.method == "POST" else 200
    return render(request, "journey/edit.html", context, status=status)


@requires(EDIT_JOURNEY)
@require_http_methods(["GET", "POST"])
def add(request: HtmxRequest) -> HttpResponse:
    """Something is shown in a stage from now on."""
    user, code = user_of(request), code_of(request)
    choices = shown_to_choose(user)
    personas = Persona.objects.visible_to(user).order_by("position", "pk")
    form = ContentForm(request.POST or None, choices=choices, personas=personas)
    if form.is_valid() and _shown(request, form, code=code):
        return go(request, f"{url_of('journey')}#{code}")
    name = next(spot.name for spot in spots() if spot.code is code)
    context = {"form": form, "name": name, "back": url_of("journey")}
    status = 422 if request.method == "POST" else 200
    return render(request, "journey/add.html", context, status=status)


def _shown(request: HtmxRequest, form: ContentForm, *, code: str) -> bool:
    typed, user = form.cleaned_data, user_of(request)
    kind, _sep, key = typed["content"].partition(":")
    what = _named(kind, key, user)
    try:
        actions.show_content(
            code=code, persona=typed["persona"], what=what, by=user, at=timezone.now()
        )
    except RuleViolation as no:
        form.add_error(None, str(no))
        return False
    say(request, _("It is shown there."))
    return True


def _named(kind: str, key: str, user: User) -> Any:
    """Among what was offered; None: approved sentences."""
    if kind not in KINDS:
        return None
    return get_object_or_404(KINDS[kind].objects.visible_to(user), key=key)


@requires(EDIT_JOURNEY)
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Not shown there any more; the thing itself stays."""
    found = get_object_or_404(Shown.objects.visible_to(user_of(request), EDIT_JOURNEY), key=key)
    batch = actions.hide_content(shown=found, by=user_of(request), at=timezone.now())
    say(
        request,
        _("It is not shown there any more."),
        undo_url=undo_of(batch),
    )
    return go(request, f"{url_of('journey')}#{found.code}")
