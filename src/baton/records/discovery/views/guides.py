"""Guides: the list in its order, and the form of one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.actions import LostRace
from baton.core.changes.addresses import undo_of
from baton.core.editing.filling import targets
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.records.discovery import actions
from baton.records.discovery.forms import GuideForm
from baton.records.discovery.models import Guide
from baton.records.discovery.permissions import MANAGE_GUIDES, VIEW_GUIDES
from baton.records.discovery.queries import guide_rows


@requires(VIEW_GUIDES)
@require_GET
def guides(request: HtmxRequest) -> HttpResponse:
    """All guides, in the order in which they are tried."""
    user = user_of(request)
    context = {"rows": guide_rows(user), "may_manage": user.may(MANAGE_GUIDES)}
    return render(request, "discovery/guides.html", context)


@requires(VIEW_GUIDES)
@require_GET
def guide(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One guide, as it is asked."""
    user = user_of(request)
    found = get_object_or_404(Guide.objects.visible_to(user), key=key)
    row = next(row for row in guide_rows(user) if row.guide.pk == found.pk)
    known = targets()
    asked = [
        (one, known[one.fills].label if one.fills in known else "") for one in row.guide.asked()
    ]
    context = {"row": row, "asked": asked, "may_manage": user.may(MANAGE_GUIDES)}
    return render(request, "discovery/guide.html", context)


@requires(MANAGE_GUIDES)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """The form; without a key for a new guide. Buttons arrange the questions and save nothing."""
    user = user_of(request)
    seen = Guide.objects.visible_to(user, MANAGE_GUIDES)
    found = get_object_or_404(seen, key=key) if key else None
    form = GuideForm(request.POST or None, guide=found)
    if request.method == "POST" and "do" in request.POST:
        return _form(request, form.arranged(request.POST["do"]), status=200)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(form, user=user)
        except LostRace:
            form.show_theirs(get_object_or_404(seen, key=key))
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("%(name)s is saved.") % {"name": saved})
            return go(request, saved.get_absolute_url())
    return _form(request, form, status=422 if request.method == "POST" else 200)


@requires(MANAGE_GUIDES)
@require_POST
def move(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One place up, or with ``down`` one place down."""
    user = user_of(request)
    found = get_object_or_404(Guide.objects.visible_to(user, MANAGE_GUIDES), key=key)
    is_up = "down" not in request.POST
    batch = actions.move_guide(guide=found, is_up=is_up, by=user, at=timezone.now())
    say(request, _("Moved."), undo_url=undo_of(batch))
    return go(request, reverse("discovery:guides"))


@requires(MANAGE_GUIDES)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with Undo."""
    user = user_of(request)
    found = get_object_or_404(Guide.objects.visible_to(user, MANAGE_GUIDES), key=key)
    batch = actions.trash_guides(guide_ids=[found.pk], by=user, at=timezone.now())
    words = _("%(name)s is deleted. What was answered stays.") % {"name": found}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("discovery:guides"))


def _form(request: HtmxRequest, form: GuideForm, *, status: int) -> HttpResponse:
    context = {"form": form, "guide": form.guide}
    return render(request, "discovery/edit.html", context, status=status)


def _save(form: GuideForm, *, user: User) -> Guide:
    at, values = timezone.now(), form.values()
    if form.guide is None:
        return actions.create_guide(**values, by=user, at=at)
    return actions.edit_guide(
        guide=form.guide, values=values, version=form.cleaned_data["version"], by=user, at=at
    )
