"""The library: its list, one material, its form."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.actions import LostRace
from baton.core.changes.addresses import undo_of
from baton.core.changes.queries import changes_of
from baton.core.errors import RuleViolation
from baton.core.files.permissions import EDIT_FILES
from baton.core.files.queries import shown_files
from baton.core.filters.listed import ListFilter
from baton.core.saved.shown import views_of
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.lists import Column, Empty, Filter, Listing, list_page
from baton.core.ui.messages import say
from baton.records.material import actions
from baton.records.material.forms import MaterialForm
from baton.records.material.models import Material, MaterialQuerySet
from baton.records.material.permissions import EDIT_MATERIAL, VIEW_MATERIAL
from baton.records.material.queries import (
    material_matching,
    personas_by_material,
    stage_names,
    text_of,
    today_here,
    use_counts,
    uses_of,
)
from baton.records.material.queries.working import MOST, people_url

SHOWS = {
    "now": gettext_lazy("In use"),
    "stale": gettext_lazy("Out of date"),
    "retired": gettext_lazy("Retired"),
    "all": gettext_lazy("All"),
}
TYPED = ("stage", "objection", "personas", "competitor")  # what a link to the form may fill in


def library_asked(user: User, asked: QueryDict) -> MaterialQuerySet:
    """As the tab narrows it."""
    rows = Material.objects.visible_to(user).select_related("owner", "product")
    shown, today = asked.get("show", "now"), today_here(timezone.now())
    if shown == "all":
        return rows
    if shown == "retired":
        return rows.filter(is_retired=True)
    is_stale, kept = Q(valid_until__lt=today), rows.filter(is_retired=False)
    return kept.filter(is_stale) if shown == "stale" else kept.exclude(is_stale)


def library_found(count: int, said_count: str) -> str:
    return ngettext("%(n)s material matches", "%(n)s materials match", count) % {"n": said_count}


def _prepare(rows: Sequence[Any]) -> None:
    """For whom, when and how often: three queries for a page."""
    ids, today = [row.pk for row in rows], today_here(timezone.now())
    personas, counts, stages = personas_by_material(ids), use_counts(ids), stage_names()
    for row in rows:
        row.whom = ", ".join(one.name for one in personas[row.pk]) or _("Everybody")
        row.uses_count = counts.get(row.pk, 0)
        row.stage_name = stages.get(row.stage, "")
        row.stands = state_of(row, today=today)


def state_of(material: Material, *, today: date) -> dict[str, Any]:
    """Its badge."""
    if material.is_retired:
        return {"name": _("Retired"), "hue": "gray"}
    if material.valid_until and material.valid_until < today:
        return {"name": _("Out of date"), "hue": "amber"}
    return {"name": _("In use"), "hue": "green"}


LIBRARY = Listing(
    name="material",
    columns=(
        Column(name="title", label=gettext_lazy("Title"), sort="sort_key"),
        Column(name="whom", label=gettext_lazy("For"), value=lambda row: row.whom),
        Column(name="stage", label=gettext_lazy("Stage"), value=lambda row: row.stage_name),
        Column(name="objection", label=gettext_lazy("Answers")),
        Column(
            name="state",
            label=gettext_lazy("State"),
            kind="badge",
            value=lambda row: row.stands,
            on_phone=True,
        ),
        Column(
            name="sent",
            label=gettext_lazy("Sent"),
            kind="number",
            value=lambda row: row.uses_count,
            on_phone=True,
        ),
        Column(name="owner", label=gettext_lazy("Owner"), kind="owner"),
        Column(name="valid_until", label=gettext_lazy("Right until"), kind="day"),
    ),
    order="title",
    search=material_matching,
    prepare=_prepare,
    rows=library_asked,
    asks=ListFilter(object_type="material", found=library_found),
    filters=(
        Filter(
            name="show", label=gettext_lazy("State"), knows=lambda one: one in SHOWS, is_tab=True
        ),
    ),
    empty=Empty(
        icon="content",
        text=gettext_lazy(
            "What buyers are sent to read stands here: by persona, stage and objection, so that "
            "the right one is proposed beside each call."
        ),
    ),
)


@requires(VIEW_MATERIAL)
@require_GET
def library(request: HtmxRequest) -> HttpResponse:
    """All material, as the tab has it."""
    user = user_of(request)
    may_edit = user.may(EDIT_MATERIAL)
    step = LIBRARY.with_step(reverse("material:new"), _("New material"))
    shown = request.GET.get("show", "now")
    context = {
        "list": list_page(request, step if may_edit else LIBRARY, library_asked(user, request.GET)),
        "views": views_of(request, LIBRARY),
        "may_edit": may_edit,
        "shows": [(name, words, name == shown) for name, words in SHOWS.items()],
    }
    return page_or_partial(request, "material/library.html", "list", context)


@requires(VIEW_MATERIAL)
@require_GET
def material(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One material: what it is for, its file, its versions, and who was sent it."""
    user = user_of(request)
    rows = Material.objects.visible_to(user).select_related("owner", "product")
    found = get_object_or_404(rows, key=key)
    may_edit = user.may(EDIT_MATERIAL)
    uses = uses_of(found, user=user)
    context = {
        "material": found,
        "state": state_of(found, today=today_here(timezone.now())),
        "stage": stage_names().get(found.stage, ""),
        "personas": personas_by_material([found.pk])[found.pk],
        "text": text_of(found),
        "uses": uses[:MOST],
        "use_count": uses.count(),
        "people_url": people_url(found),
        "changes": changes_of(object_type="material", object_id=found.pk)[:MOST],
        "files": shown_files("material", found),
        "may_edit": may_edit and user.may(EDIT_FILES),
        "may_write": may_edit,
    }
    return render(request, "material/material.html", context)


@requires(EDIT_MATERIAL)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """The form; without a key for new material, which a link may fill in."""
    user = user_of(request)
    seen = Material.objects.visible_to(user, EDIT_MATERIAL).select_related("owner", "product")
    found = get_object_or_404(seen, key=key) if key else None
    form = MaterialForm(request.POST or None, material=found, asked=_asked(request, user))
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
    status = 422 if request.method == "POST" else 200
    return render(request, "material/edit.html", {"form": form, "material": found}, status=status)


@requires(EDIT_MATERIAL)
@require_POST
def retire(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Proposed no more; with ``again`` once more. With Undo."""
    user, is_again = user_of(request), "again" in request.POST
    found = get_object_or_404(Material.objects.visible_to(user, EDIT_MATERIAL), key=key)
    batch = actions.retire_material(
        material=found, is_retired=not is_again, by=user, at=timezone.now()
    )
    words = _("%(name)s is in use again.") if is_again else _("%(name)s is proposed no more.")
    say(request, words % {"name": found}, undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())


@requires(EDIT_MATERIAL)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with Undo."""
    user = user_of(request)
    found = get_object_or_404(Material.objects.visible_to(user, EDIT_MATERIAL), key=key)
    batch = actions.trash_material(material_ids=[found.pk], by=user, at=timezone.now())
    words = _("%(name)s is deleted. What was sent stays on timelines.") % {"name": found}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("material:library"))


def _asked(request: HttpRequest, user: User) -> dict[str, Any]:
    """What a link says of the new one, whose owner is whoever writes it."""
    told: dict[str, Any] = {name: request.GET[name] for name in TYPED if name in request.GET}
    if "personas" in told:
        told["personas"] = [told["personas"]]
    return told | {"owner": user.key}


def _save(form: MaterialForm, *, user: User) -> Material:
    at, values = timezone.now(), form.values()
    if form.material is None:
        return actions.create_material(values=values, by=user, at=at)
    return actions.edit_material(
        material=form.material,
        values=values,
        version=form.cleaned_data["version"],
        by=user,
        at=at,
    )
