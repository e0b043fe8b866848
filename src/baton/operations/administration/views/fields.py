"""The fields that the company added to people, companies and deals."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.fields import actions
from baton.core.fields.models import FieldDefinition
from baton.core.fields.permissions import MANAGE_FIELDS
from baton.core.fields.queries import FieldBook, groups_in, managed
from baton.core.fields.tasks import tend_field_index
from baton.core.fields.words import KINDS, OBJECTS
from baton.core.keys import new_key
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration.forms.fields import (
    FieldForm,
    NewFieldForm,
    is_chosen,
    options_sent,
)


@requires(MANAGE_FIELDS)
@require_GET
def fields(request: HtmxRequest) -> HttpResponse:
    """Of one kind of record, in the order in which records show them."""
    of = _object_in(request)
    book = FieldBook(of)
    rows = [(field, KINDS.get(field.kind, field.kind), _told(field)) for field in book.fields]
    context = {"rows": rows, "of": of, "objects": _tabs(of)}
    return render(request, "administration/fields.html", context)


@requires(MANAGE_FIELDS)
@require_http_methods(["GET", "POST"])
def new_field(request: HtmxRequest) -> HttpResponse:
    of = _object_in(request)
    form = NewFieldForm(request.POST or None)
    if form.is_valid():
        values, options, batch = dict(form.cleaned_data), form.options(), new_key()
        values.pop("choices")
        try:
            made = actions.create_field(
                object_type=of, options=options, by=user_of(request), at=timezone.now(),
                batch=batch, **values,
            )  # fmt: skip
        except RuleViolation as no:
            _blame(form, no)
        else:
            words = _("“%(field)s” is added.") % {"field": made.label}
            say(request, words, undo_url=undo_of(batch))
            return redirect(_list_of(of))
    status = 422 if form.is_bound else 200
    context = {"form": form, "of": of, "named": OBJECTS[of], "groups": groups_in(of)}
    return render(request, "administration/new_field.html", context, status=status)


@requires(MANAGE_FIELDS)
@require_http_methods(["GET", "POST"])
def field(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Everything but its code and its kind."""
    known = _field_or_404(request, key)
    form = FieldForm(request.POST or None, field=known, book=FieldBook(known.object_type))
    if form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        no = _refused(request, known, values, version=version)
        if no is None:
            return redirect("administration:field", key)
        _blame(form, no)
    return _page(request, known, form=form, status=422 if form.is_bound else 200)


@requires(MANAGE_FIELDS)
@require_POST
def field_choices(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Renamed, moved, retired, added: values of records stay."""
    known = _field_or_404(request, key)
    if not is_chosen(known):
        raise Http404
    options = options_sent(request.POST, known=known.choice_list())
    no = _refused(request, known, {"options": options}, version=None)
    if no is None:
        return redirect(f"{reverse('administration:field', args=[key])}#choices")
    form = FieldForm(field=known, book=FieldBook(known.object_type))
    return _page(request, known, form=form, status=422, options=options, wrong=str(no))


@requires(MANAGE_FIELDS)
@require_POST
def move_field(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One place up (``steps=-1``) or down."""
    known = _field_or_404(request, key)
    steps = -1 if request.POST.get("steps") == "-1" else 1
    actions.move_field(field=known, steps=steps, by=user_of(request), at=timezone.now())
    return redirect(f"{_list_of(known.object_type)}#field-{known.code}")


@requires(MANAGE_FIELDS)
@require_POST
def delete_field(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash; its values stay where they are."""
    known = _field_or_404(request, key)
    batch = actions.trash_fields(field_ids=[known.pk], by=user_of(request), at=timezone.now())
    words = _("“%(field)s” is deleted. Its values come back with it.") % {"field": known.label}
    say(request, words, undo_url=undo_of(batch))
    return redirect(_list_of(known.object_type))


def _refused(
    request: HtmxRequest, known: FieldDefinition, values: dict[str, Any], *, version: int | None
) -> RuleViolation | None:
    """Why it was not saved; None when it was."""
    batch = new_key()
    try:
        saved = actions.edit_field(
            field=known, values=values, version=version, by=user_of(request), at=timezone.now(),
            batch=batch,
        )  # fmt: skip
    except RuleViolation as no:
        return no
    if saved.is_indexed != bool(saved.index_name):
        tend_field_index.enqueue(field_id=saved.pk)
    undo_url = undo_of(batch) if saved.version != known.version else None
    say(request, _("Saved."), undo_url=undo_url)
    return None


def _page(
    request: HtmxRequest, known: FieldDefinition, *, form: FieldForm, status: int, **over: Any
) -> HttpResponse:
    context = {
        "form": form,
        "known": known,
        "kind": KINDS.get(known.kind, known.kind),
        "named": OBJECTS.get(known.object_type, known.object_type),
        "list_url": _list_of(known.object_type),
        "groups": groups_in(known.object_type),
        "has_choices": is_chosen(known),
        "options": known.choice_list(),
    }
    return render(request, "administration/field.html", {**context, **over}, status=status)


def _blame(form: Any, no: RuleViolation) -> None:
    field = getattr(no, "field", "")
    form.add_error(field if field in form.fields else None, str(no))


def _told(field: FieldDefinition) -> list[str]:
    """What else is to be known of it in the list."""
    told = []
    if field.required_for:
        told.append(_("required"))
    if field.read_only_for:
        told.append(_("read only for some"))
    if field.hidden_for:
        told.append(_("hidden from some"))
    if field.is_indexed:
        told.append(_("sorts lists") if field.index_name else _("index is being made"))
    return told


def _tabs(of: str) -> list[tuple[str, Any, bool]]:
    return [(name, words, name == of) for name, words in OBJECTS.items()]


def _object_in(request: HttpRequest) -> str:
    of = request.GET.get("of", "")
    return of if of in OBJECTS else next(iter(OBJECTS))


def _list_of(of: str) -> str:
    return f"{reverse('administration:fields')}?of={of}"


def _field_or_404(request: HttpRequest, key: UUID) -> FieldDefinition:
    rows = managed(FieldDefinition.objects.filter(deleted_at=None), user_of(request))
    return get_object_or_404(rows, key=key)
