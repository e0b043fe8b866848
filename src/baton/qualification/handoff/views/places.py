"""Territories and named accounts, and in which order rules and territories are tried."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.search.typed import asked_for
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms.places import NamedForm, TerritoryForm, owner_value
from baton.qualification.handoff.models import NamedAccount, RoutingRule, Territory
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS

SHOWN = 500  # named accounts on the page; the search finds the others


@requires(MANAGE_HANDOFFS)
@require_http_methods(["GET", "POST"])
def edit_territory(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    user = user_of(request)
    seen = Territory.objects.visible_to(user, MANAGE_HANDOFFS).living()
    found = get_object_or_404(seen.select_related("pool", "rep"), key=key) if key else None
    form = TerritoryForm(request.POST or None, territory=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_territory(
                values=form.values(),
                territory=found,
                version=form.cleaned_data["version"],
                by=user,
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, reverse("handoff:routing"))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "territory": found}
    return render(request, "handoff/territory.html", context, status=status)


@requires(MANAGE_HANDOFFS)
@require_POST
def delete_territory(request: HtmxRequest, key: UUID) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(Territory.objects.visible_to(user).living(), key=key)
    batch = actions.delete_territory(territory=found, by=user, at=timezone.now())
    said = _("“%(name)s” is deleted.") % {"name": found}
    return _back(request, said, batch=batch)


@requires(MANAGE_HANDOFFS)
@require_POST
def move_rule(request: HtmxRequest, key: UUID) -> HttpResponse:
    rows = RoutingRule.objects.visible_to(user_of(request), MANAGE_HANDOFFS).living()
    return _move(request, get_object_or_404(rows, key=key))


@requires(MANAGE_HANDOFFS)
@require_POST
def move_territory(request: HtmxRequest, key: UUID) -> HttpResponse:
    rows = Territory.objects.visible_to(user_of(request), MANAGE_HANDOFFS).living()
    return _move(request, get_object_or_404(rows, key=key))


def _move(request: HtmxRequest, row: RoutingRule | Territory) -> HttpResponse:
    """To the place that was asked for, counted from 1."""
    place = request.POST.get("place", "")
    if not place.isascii() or not place.isdecimal() or len(place) > 4:
        return _back(request, _("Say as which number it is tried."))
    batch = actions.move_to(row=row, place=int(place), by=user_of(request), at=timezone.now())
    words = _("“%(name)s” is tried as number %(place)s.") % {"name": row, "place": place}
    return _back(request, words, batch=batch)


def _back(
    request: HtmxRequest, said: str, *, batch: UUID | None = None, to: str = "routing"
) -> HttpResponse:
    say(request, said, undo_url=undo_of(batch))
    return go(request, reverse(f"handoff:{to}"))


@requires(VIEW_HANDOFFS)
@require_http_methods(["GET", "POST"])
def named_accounts(request: HtmxRequest) -> HttpResponse:
    """The list, and a field into which another one is pasted."""
    user = user_of(request)
    may_manage = user.may(MANAGE_HANDOFFS)
    form = NamedForm(request.POST or None) if may_manage else None
    if request.method == "POST":
        if form is None:
            return HttpResponse(status=403)
        if form.is_valid() and (answer := _named(request, form)):
            return answer
    context = _accounts(request) | {"form": form, "may_manage": may_manage}
    status = 422 if request.method == "POST" else 200
    return render(request, "handoff/named.html", context, status=status)


def _named(request: HtmxRequest, form: NamedForm) -> HttpResponse | None:
    """None with lines that were refused: they stay in the field, the others are named."""
    at, by = timezone.now(), user_of(request)
    try:
        done = actions.name_accounts(text=form.cleaned_data["text"], by=by, at=at, **form.chosen())
    except RuleViolation as no:
        form.add_error("text", str(no))
        return None
    words = _("%(added)d named, %(moved)d given to others, %(same)d as before.")
    said = words % {"added": done.added, "moved": done.moved, "same": done.same}
    if not done.refused:
        batch = done.batch if done.added or done.moved else None
        return _back(request, said, batch=batch, to="named")
    form.add_error("text", " ".join([said, *done.refused[:20]]))
    return None


def _accounts(request: HttpRequest) -> dict[str, Any]:
    rows = NamedAccount.objects.visible_to(user_of(request)).living()
    rows = rows.select_related("company", "pool", "rep")
    if text := asked_for(request.GET):
        rows = rows.filter(domain__icontains=text) | rows.filter(company__name__icontains=text)
    if owner := request.GET.get("owner", ""):
        kind, _space, key = owner.partition(" ")
        known = [row for row in rows if owner_value(row) == f"{kind} {key}"]
    else:
        known = list(rows.order_by("company__sort_key", "domain", "pk")[: SHOWN + 1])
    shown = ngettext("%(n)d account", "%(n)d accounts", len(known)) % {"n": len(known)}
    return {"accounts": known[:SHOWN], "has_more": len(known) > SHOWN, "q": text, "shown": shown}


@requires(MANAGE_HANDOFFS)
@require_POST
def delete_account(request: HtmxRequest, key: UUID) -> HttpResponse:
    user = user_of(request)
    row = get_object_or_404(NamedAccount.objects.visible_to(user).living(), key=key)
    batch = actions.delete_named_accounts(ids=[row.pk], by=user, at=timezone.now())
    words = _("“%(name)s” is no named account any more.") % {"name": row}
    return _back(request, words, batch=batch, to="named")
