"""Keep a list as it stands, open it to the team, pin it, put it away."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import signed_in, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.saved import actions
from baton.core.saved.forms import ViewForm
from baton.core.saved.layout import layout_in, layout_sent
from baton.core.saved.models import SavedView
from baton.core.saved.queries import address, address_of, list_named, list_of
from baton.core.saved.rules import OPENED, pairs_of, state_of
from baton.core.saved.slots import SavedList
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say

DENSITIES = {
    "compact": gettext_lazy("Compact"),
    "": gettext_lazy("Normal"),
    "relaxed": gettext_lazy("Relaxed"),
}


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """Save as: the list and its state come with the address, so that the form holds two fields."""
    user, place = user_of(request), _list_or_404(request)
    state = state_of(pairs_of(request.GET.get("state", "")))
    form = ViewForm(request.POST or None, user=user, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            view = actions.create_view(
                list_name=place.name, state=state, by=user, at=timezone.now(), **form.values()
            )
        except RuleViolation as no:
            form.add_error("name", str(no))
        else:
            _pin_as_asked(view, form, user=user)
            say(request, _("The view %(name)s is saved.") % {"name": view})
            return go(request, address_of(view, place))
    return _form(request, form, place=place, back=address(place, state=state))


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Another name, or other readers."""
    user = user_of(request)
    view, place = _own_or_404(request, key)
    form = ViewForm(request.POST or None, user=user, place=place, view=view)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.edit_view(
                view=view, values=form.values(), version=version, by=user, at=timezone.now()
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            _pin_as_asked(view, form, user=user)
            say(request, _("The view %(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return go(request, address_of(view, place))
    return _form(request, form, place=place, back=address_of(view, place), view=view)


@signed_in
@require_GET
def columns(request: HtmxRequest) -> HttpResponse:
    """The panel of columns. Moving one draws it anew, ``apply`` leads to the list as chosen."""
    asked = request.GET
    place = _list_or_404(request)
    listing, state = place.listing().whole(), asked.get("state", "")
    layout = layout_sent(asked, listing) if "order" in asked else layout_in(state, listing)
    opened = asked.get(OPENED, "")
    if "apply" in asked:
        return go(request, address(place, state=layout.onto(state), key=opened))
    side, _colon, moved = asked.get("move", "").partition(":")
    context = {
        "place": place,
        "layout": layout,
        "state": state,
        "opened": opened,
        "back": address(place, state=state, key=opened),
        "densities": DENSITIES.items(),
        "moved": moved,
        "side": side,
    }
    return page_or_partial(request, "saved/columns.html", "dialog", context)


@signed_in
@require_POST
def save(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The open view becomes what the list shows now, with Undo."""
    user = user_of(request)
    view, place = _own_or_404(request, key)
    state = state_of(pairs_of(request.POST.get("state", "")))
    version = request.POST.get("version", "")
    try:
        batch = actions.edit_view(
            view=view,
            values={"state": state},
            version=int(version) if version.isdecimal() and len(version) < 10 else None,
            by=user,
            at=timezone.now(),
        )
    except RuleViolation as no:
        say(request, str(no))
    else:
        undo_url = undo_of(batch) if state != view.state else None
        say(request, _("The view %(name)s is saved.") % {"name": view}, undo_url=undo_url)
    return go(request, address(place, state=state, key=str(view.key)))


@signed_in
@require_POST
def pin(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into one's sidebar, or with an empty ``on`` out of it."""
    user = user_of(request)
    view = get_object_or_404(SavedView.objects.visible_to(user), key=key)
    place = _place_or_404(view, user)
    if request.POST.get("on"):
        actions.pin_view(view=view, user=user)
    else:
        actions.unpin_view(view=view, user=user)
    return go(request, address_of(view, place))


@signed_in
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, and on to the whole list; Undo opens the view again."""
    user = user_of(request)
    view, place = _own_or_404(request, key)
    undo_query = urlencode({"then": address_of(view, place)})
    batch = actions.trash_views(view_ids=[view.pk], by=user, at=timezone.now())
    words = _("The view %(name)s is deleted.") % {"name": view}
    say(request, words, undo_url=f"{reverse('changes:undo', args=[batch])}?{undo_query}")
    return go(request, reverse(place.url_name))


def _list_or_404(request: HttpRequest) -> SavedList:
    """The one that the address names; for who may open it."""
    place = list_named(request.GET.get("list", ""), user=user_of(request))
    if place is None:
        raise Http404
    return place


def _own_or_404(request: HttpRequest, key: UUID) -> tuple[SavedView, SavedList]:
    user = user_of(request)
    own = SavedView.objects.living().own_of(user).with_pins(user)
    view = get_object_or_404(own, key=key)
    return view, _place_or_404(view, user)


def _place_or_404(view: SavedView, user: User) -> SavedList:
    place = list_of(view, user=user)
    if place is None:
        raise Http404
    return place


def _pin_as_asked(view: SavedView, form: ViewForm, *, user: User) -> None:
    act = actions.pin_view if form.cleaned_data["is_pinned"] else actions.unpin_view
    act(view=view, user=user)


def _form(request: HtmxRequest, form: ViewForm, **context: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"view": None, **context, "form": form}
    return page_or_partial(request, "saved/edit.html", "dialog", context, status=status)
