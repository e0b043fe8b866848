"""The editor of a form: its words and its questions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.marketing.capture import actions
from baton.marketing.capture.editors import (
    OUT_OF_SIGHT,
    FieldForm,
    FormForm,
    NewFormForm,
    field_form,
)
from baton.marketing.capture.models import Form, Page
from baton.marketing.capture.permissions import DELETE_PAGES, EDIT_PAGES, VIEW_PAGES
from baton.marketing.capture.queries import own_offered, with_form_counts
from baton.marketing.capture.rules import FormField
from baton.marketing.capture.slots import form_cards
from baton.marketing.capture.views.loading import form_or_404
from baton.marketing.capture.wording import FIELD_KINDS, FILLS


@requires(EDIT_PAGES)
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """A form begins with the questions that most forms have."""
    form = NewFormForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.create_form(
                **form.cleaned_data,
                fields=actions.usual_fields(),
                by=user_of(request),
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error("code", str(no))
        else:
            return go(request, made.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    return render(request, "capture/new_form.html", {"form": form}, status=status)


@requires(VIEW_PAGES)
@require_GET
def form(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The editor; who may only look sees the same without its buttons."""
    return _editor(request, form_or_404(request, key))


@requires(EDIT_PAGES)
@require_POST
def settings(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Name, button, thanks, small print, wording of the consent."""
    found = form_or_404(request, key, EDIT_PAGES)
    typed = FormForm(request.POST)
    if typed.is_valid():
        values = typed.cleaned_data
        version = values.pop("version")
        try:
            actions.edit_form(
                form=found, values=values, version=version, by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            typed.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, found.get_absolute_url())
    return _editor(request, found, settings=typed, status=422)


@requires(DELETE_PAGES)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, unless a page shows it."""
    found = form_or_404(request, key, DELETE_PAGES)
    try:
        batch = actions.trash(found, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
        return go(request, found.get_absolute_url())
    text = _("“%(form)s” is deleted.") % {"form": found}
    say(request, text, undo_url=undo_of(batch))
    return go(request, reverse("capture:forms"))


@requires(EDIT_PAGES)
@require_POST
def add_field(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One more question at the end."""
    found = form_or_404(request, key, EDIT_PAGES)
    typed = FieldForm(request.POST, own=_own(request))
    if typed.is_valid():
        try:
            actions.add_field(
                form=found, field=typed.as_field(), by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            typed.add_error(None, str(no))
        else:
            return go(request, f"{found.get_absolute_url()}#fields")
    return _editor(request, found, adding=typed, status=422)


@requires(EDIT_PAGES)
@require_POST
def write_field(request: HtmxRequest, key: UUID, code: str) -> HttpResponse:
    """Another wording, kind or choice for one question."""
    found = _with_field(request, key, code)
    present = next(field for field in found.questions() if field.code == code)
    typed = field_form(present, request.POST, own=_own(request))
    if typed.is_valid():
        try:
            field = typed.as_field(code=code)
            actions.write_field(
                form=found, code=code, field=field, by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            typed.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, f"{found.get_absolute_url()}#field-{code}")
    return _editor(request, found, wrong={code: typed}, status=422)


@requires(EDIT_PAGES)
@require_POST
def move_field(request: HtmxRequest, key: UUID, code: str) -> HttpResponse:
    """One place up (``steps=-1``) or down."""
    found = _with_field(request, key, code)
    steps = -1 if request.POST.get("steps") == "-1" else 1
    actions.move_field(form=found, code=code, steps=steps, by=user_of(request), at=timezone.now())
    return go(request, f"{found.get_absolute_url()}#field-{code}")


@requires(EDIT_PAGES)
@require_POST
def remove_field(request: HtmxRequest, key: UUID, code: str) -> HttpResponse:
    """Away with it; the toast brings it back."""
    found, batch = _with_field(request, key, code), new_key()
    actions.remove_field(form=found, code=code, by=user_of(request), at=timezone.now(), batch=batch)
    say(request, _("The field is gone."), undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())


def _with_field(request: HtmxRequest, key: UUID, code: str) -> Form:
    found = form_or_404(request, key, EDIT_PAGES)
    if all(field.code != code for field in found.questions()):
        raise Http404
    return found


def _editor(
    request: HtmxRequest,
    form: Form,
    *,
    status: int = 200,
    wrong: dict[str, FieldForm] | None = None,
    **over: Any,
) -> HttpResponse:
    user, wrong, own = user_of(request), wrong or {}, _own(request)
    fields = [
        {
            "field": field,
            "kind": FIELD_KINDS[field.kind],
            "fills": _fills(field, own),
            "form": wrong.get(field.code) or field_form(field, own=own),
            "is_open": field.code in wrong,
        }
        for field in form.questions()
    ]
    context = {
        "form": form,
        "counts": with_form_counts(Form.objects.filter(pk=form.pk), user=user).get(),
        "fields": fields,
        "pages": Page.objects.visible_to(user).filter(form=form).order_by("sort_key"),
        "settings": FormForm(initial=_initial(form)),
        "adding": FieldForm(auto_id="new_%s", own=own),
        "cards": [card.render(request, form) for card in form_cards if user.may(card.permission)],
        "may_edit": user.may(EDIT_PAGES),
        "may_delete": user.may(DELETE_PAGES),
    }
    return render(request, "capture/form.html", {**context, **over}, status=status)


def _own(request: HtmxRequest) -> dict[str, str]:
    return {one.code: one.label for one in own_offered(user_of(request))}


def _fills(field: FormField, own: Mapping[str, str]) -> Any:
    if field.own:
        return own.get(field.own, OUT_OF_SIGHT)
    return FILLS[field.fills] if field.fills else ""


def _initial(form: Form) -> dict[str, Any]:
    names = ("name", "button", "thanks", "note", "consent_wording", "version")
    return {name: getattr(form, name) for name in names}
