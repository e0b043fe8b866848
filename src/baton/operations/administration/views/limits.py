"""Who sees, reads and has to fill in the fields that Baton brought."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.access.roles import LABELS, Role
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.fields import actions
from baton.core.fields.models import FieldLimit
from baton.core.fields.permissions import MANAGE_FIELDS
from baton.core.fields.queries import limit_of, limits_of
from baton.core.fields.words import OBJECTS
from baton.core.keys import new_key
from baton.core.limits import BuiltIn, built_ins
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.operations.administration.forms.fields import LimitForm


@requires(MANAGE_FIELDS)
@require_GET
def limits(request: HtmxRequest) -> HttpResponse:
    """Of one kind of record, in the order in which records show them."""
    of = request.GET.get("of", "")
    of = of if of in OBJECTS else next(iter(OBJECTS))
    known = limits_of(of)
    rows = [
        (one, _page_of(one), _told(known[one.name]) if one.name in known else [])
        for one in built_ins
        if one.object_type == of
    ]
    tabs = [(name, words, name == of) for name, words in OBJECTS.items()]
    context = {"rows": rows, "of": of, "objects": tabs}
    return render(request, "administration/limits.html", context)


@requires(MANAGE_FIELDS)
@require_http_methods(["GET", "POST"])
def limit(request: HtmxRequest) -> HttpResponse:
    """One of them: its roles."""
    known = _field_or_404(request)
    row = limit_of(known.object_type, known.name)
    form = LimitForm(request.POST or None, field=known, row=row)
    if request.method == "POST" and form.is_valid() and _save(request, known, row, form):
        return redirect(f"{reverse('administration:limits')}?of={known.object_type}")
    context = {
        "form": form,
        "known": known,
        "named": OBJECTS[known.object_type],
        "list_url": f"{reverse('administration:limits')}?of={known.object_type}",
        "url": _page_of(known),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/limit.html", context, status=status)


def _save(request: HtmxRequest, known: BuiltIn, row: FieldLimit | None, form: LimitForm) -> bool:
    """False when it was refused: the form then says why."""
    batch = new_key()
    try:
        saved = actions.limit_field(
            object_type=known.object_type,
            name=known.name,
            values=form.cleaned_data,
            by=cast(User, request.user),
            at=timezone.now(),
            batch=batch,
        )
    except RuleViolation as no:
        field = getattr(no, "field", "")
        form.add_error(field if field in form.fields else None, str(no))
        return False
    is_new = saved.version != (row.version if row else 1)
    say(request, _("Saved."), undo_url=undo_of(batch) if is_new else None)
    return True


def _told(row: FieldLimit) -> list[str]:
    """In words, for the list."""
    said = (
        (_("hidden from %(roles)s"), row.hidden_for),
        (_("read only for %(roles)s"), row.read_only_for),
        (_("required for %(roles)s"), row.required_for),
    )
    return [words % {"roles": _roles(roles)} for words, roles in said if roles]


def _roles(names: list[str]) -> str:
    return ", ".join(str(LABELS[Role(name)]) for name in names if name in set(Role))


def _page_of(one: BuiltIn) -> str:
    return f"{reverse('administration:limit')}?of={one.object_type}&name={one.name}"


def _field_or_404(request: HttpRequest) -> BuiltIn:
    asked = request.GET
    found = built_ins.find(f"{asked.get('of', '')}.{asked.get('name', '')}")
    if found is None:
        raise Http404
    return found
