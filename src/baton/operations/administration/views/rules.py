"""Rules: which people, companies and deals nobody may leave as they are."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core import filters
from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.fields import actions
from baton.core.fields.actions.accepting import read_rule
from baton.core.fields.models import ValidationRule
from baton.core.fields.permissions import MANAGE_FIELDS
from baton.core.fields.queries import managed, rules_of
from baton.core.fields.words import LISTS, OBJECTS
from baton.core.filters.drafts import Group, Line, draft_of, draft_sent
from baton.core.filters.editing import change, judge
from baton.core.filters.fields import Fields, askable
from baton.core.keys import new_key
from baton.core.saved.filtering import APPLY, CHANGE, COUNT, found_words
from baton.core.saved.slots import saved_lists
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.messages import say
from baton.operations.administration.forms.fields import RuleForm


@requires(MANAGE_FIELDS)
@require_GET
def rules(request: HtmxRequest) -> HttpResponse:
    """Of one kind of record, each in words."""
    of, found = _object_in(request), []
    known = rules_of(of)
    fields = _fields(of) if known else {}
    for one in known:
        chosen = read_rule(one, fields=fields)
        found.append((one, filters.describe(chosen) if chosen else ""))
    tabs = [(name, words, name == of) for name, words in OBJECTS.items()]
    context = {"rows": found, "of": of, "objects": tabs}
    return render(request, "administration/rules.html", context)


@requires(MANAGE_FIELDS)
@require_http_methods(["GET", "POST"])
def rule(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """The form (no key: of a new one); ``do`` says which of its buttons was pressed."""
    known = _rule_or_404(request, key) if key else None
    of = known.object_type if known else _object_in(request)
    fields = _fields(of)
    if request.method == "GET":
        draft = draft_of(known.condition if known else {"all": []}, fields)
        return _page(request, known, of=of, draft=_begun(draft, fields), form=_form(known))
    draft, do = draft_sent(request.POST, fields), request.POST.get("do", APPLY)
    if do == COUNT:
        return render(request, "saved/filter_count.html", {"found": _found(request, of, draft)})
    if do == APPLY:
        return _apply(request, known, of=of, draft=draft)
    focus = change(draft, do, fields)
    if request.htmx and do.partition(":")[0] == CHANGE:
        focus = ""  # what was chosen in keeps it itself
    form, status = _form(known, typed=request.POST), 422 if draft.error else 200
    return _page(request, known, of=of, draft=draft, form=form, focus=focus, status=status)


@requires(MANAGE_FIELDS)
@require_POST
def delete_rule(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash."""
    known = _rule_or_404(request, key)
    batch = actions.trash_rules(rule_ids=[known.pk], by=user_of(request), at=timezone.now())
    say(request, _("The rule is deleted."), undo_url=undo_of(batch))
    return redirect(f"{reverse('administration:rules')}?of={known.object_type}")


def _apply(
    request: HtmxRequest, known: ValidationRule | None, *, of: str, draft: Group
) -> HttpResponse:
    form = _form(known, data=request.POST)
    is_right = judge(draft, object_type=of, fields=_fields(of))
    is_right = form.is_valid() and is_right
    if is_right and _is_saved(request, known, of=of, draft=draft, form=form):
        return redirect(f"{reverse('administration:rules')}?of={of}")
    return _page(request, known, of=of, draft=draft, form=form, status=422)


def _is_saved(
    request: HtmxRequest, known: ValidationRule | None, *, of: str, draft: Group, form: RuleForm
) -> bool:
    """False when it was refused: the form then says why."""
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in ("message", "is_on")}
    values["condition"] = draft.tree(is_draft=False) or {"all": []}
    batch = new_key()
    try:
        saved = actions.save_rule(
            object_type=of, rule=known, values=values, version=form.cleaned_data["version"],
            by=user_of(request), at=timezone.now(), batch=batch,
        )  # fmt: skip
    except RuleViolation as no:
        form.add_error(None, str(no))
        return False
    is_new = known is None or saved.version != known.version
    say(request, _("Saved."), undo_url=undo_of(batch) if is_new else None)
    return True


def _page(
    request: HtmxRequest,
    known: ValidationRule | None,
    *,
    of: str,
    draft: Group,
    form: RuleForm,
    focus: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "known": known,
        "form": form,
        "draft": draft,
        "fields": [(key, field.label) for key, field in _fields(of).items()],
        "focus": focus,
        "found": _found(request, of, draft),
        "action": request.get_full_path(),
        "named": OBJECTS[of],
        "back": f"{reverse('administration:rules')}?of={of}",
    }
    return page_or_partial(request, "administration/rule.html", "form", context, status=status)


def _form(known: ValidationRule | None, *, data: Any = None, typed: Any = None) -> RuleForm:
    """``typed``: kept while conditions are put together, and not judged yet."""
    names = ("message", "is_on", "version")
    initial = {name: getattr(known, name) for name in names} if known else {"is_on": True}
    if typed is not None:
        said = {"message": typed.get("message", ""), "is_on": "is_on" in typed}
        initial |= {**said, "version": typed.get("version", "")}
    return RuleForm(data, initial=initial)


def _begun(draft: Group, fields: Fields) -> Group:
    if not draft.parts:
        draft.parts.append(Line(fields=fields))
        draft.number()
    return draft


def _found(request: HtmxRequest, of: str, draft: Group) -> str:
    """How many are like this now; of nothing asked, nothing."""
    place = saved_lists.find(LISTS[of])
    if place is None or draft.tree(is_draft=True) is None:
        return ""
    return found_words(place.listing(), draft, state="", user=user_of(request))


def _fields(of: str) -> Fields:
    return askable(of, may=lambda _permission: True)


def _object_in(request: HttpRequest) -> str:
    of = request.GET.get("of", "")
    return of if of in OBJECTS else next(iter(OBJECTS))


def _rule_or_404(request: HttpRequest, key: UUID) -> ValidationRule:
    rows = managed(ValidationRule.objects.filter(deleted_at=None), user_of(request))
    return get_object_or_404(rows, key=key)
