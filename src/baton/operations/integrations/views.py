"""Webhooks among the settings: where, what was sent, and what came back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.core.ui.messages import say
from baton.operations.integrations import actions, queries
from baton.operations.integrations.forms import EndpointForm
from baton.operations.integrations.models import Delivery, Endpoint
from baton.operations.integrations.permissions import MANAGE_INTEGRATIONS
from baton.operations.integrations.rules import MOST_TRIES, State
from baton.operations.integrations.tasks import send_webhooks

STATES = {
    State.WAITING: {"name": gettext_lazy("Waiting"), "hue": "amber"},
    State.SENT: {"name": gettext_lazy("Sent"), "hue": "green"},
    State.FAILED: {"name": gettext_lazy("Given up"), "hue": "red"},
}
TABS = {"": gettext_lazy("All"), **{state.value: words["name"] for state, words in STATES.items()}}


def state_badge(one: Delivery) -> Any:
    """Sent, waiting or given up, and its colour."""
    return STATES[State(one.state)]


DELIVERIES = Listing(
    name="deliveries",
    columns=(
        Column(name="name", label=gettext_lazy("Fact")),
        Column(
            name="state",
            label=gettext_lazy("State"),
            kind="badge",
            value=state_badge,
            on_phone=True,
        ),
        Column(name="status", label=gettext_lazy("Answer"), value=lambda one: one.status or "–"),
        Column(name="tries", label=gettext_lazy("Tries"), kind="number"),
        Column(name="tried_at", label=gettext_lazy("Tried"), kind="when", on_phone=True),
        Column(
            name="due_at",
            label=gettext_lazy("Next try"),
            kind="when",
            value=lambda one: one.due_at if one.state == State.WAITING else None,
        ),
        Column(name="id", label=gettext_lazy("Number"), kind="number", sort="id"),
    ),
    order="-id",
    url=lambda one: reverse("integrations:delivery", args=[one.key]),
    empty=Empty(icon="history", text=gettext_lazy("What is sent there stands here.")),
)


@requires(MANAGE_INTEGRATIONS)
@require_GET
def endpoints(request: HtmxRequest) -> HttpResponse:
    """All of them, with what waits and what was given up."""
    rows = queries.with_counts(queries.endpoints()).order_by("-pk")
    return render(request, "integrations/endpoints.html", {"rows": rows})


@requires(MANAGE_INTEGRATIONS)
@never_cache
@require_http_methods(["GET", "POST"])
def new_endpoint(request: HtmxRequest) -> HttpResponse:
    """The form; then its secret, this once."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = actions.create_endpoint(
                **form.cleaned_data, by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            form.add_error("url", str(no))
        else:
            return _secret_page(request, made, secret)
    status = 422 if form.errors else 200
    return render(request, "integrations/edit.html", {"form": form}, status=status)


@requires(MANAGE_INTEGRATIONS)
@require_GET
def endpoint(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One, with its log."""
    row = _endpoint_or_404(key)
    asked = request.GET.get("state", "")
    rows = row.deliveries.all()
    if asked in set(State):
        rows = rows.filter(state=asked)
    context = {
        "endpoint": row,
        "list": list_page(request, DELIVERIES, rows),
        "tabs": [(name, words, name == asked) for name, words in TABS.items()],
    }
    return page_or_partial(request, "integrations/endpoint.html", "list", context)


@requires(MANAGE_INTEGRATIONS)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Another address, other facts."""
    row = _endpoint_or_404(key)
    form = EndpointForm(request.POST or None, endpoint=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_endpoint(
                endpoint=row, values=form.cleaned_data, by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            form.add_error("url", str(no))
        else:
            say(request, _("%(name)s is saved.") % {"name": row})
            return redirect("integrations:endpoint", key)
    status = 422 if form.errors else 200
    context = {"form": form, "endpoint": row}
    return render(request, "integrations/edit.html", context, status=status)


@requires(MANAGE_INTEGRATIONS)
@require_POST
def switch(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Off, or on again with all its patience; what waited meanwhile goes out."""
    row, is_on = _endpoint_or_404(key), bool(request.POST.get("on"))
    actions.edit_endpoint(
        endpoint=row, values={"is_on": is_on}, by=user_of(request), at=timezone.now()
    )
    if is_on:
        send_webhooks.enqueue()
    return redirect("integrations:endpoint", key)


@requires(MANAGE_INTEGRATIONS)
@require_POST
def test(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Something to be told, at once."""
    sent = actions.send_test(endpoint=_endpoint_or_404(key), at=timezone.now())
    send_webhooks.enqueue()
    return redirect("integrations:delivery", sent.key)


@requires(MANAGE_INTEGRATIONS)
@never_cache
@require_POST
def rotate(request: HtmxRequest, key: UUID) -> HttpResponse:
    """A new secret, this once; the former one signs beside it for a day."""
    row = _endpoint_or_404(key)
    secret = actions.rotate_secret(endpoint=row, by=user_of(request), at=timezone.now())
    return _secret_page(request, row, secret)


@requires(MANAGE_INTEGRATIONS)
@require_POST
def replay_failed(request: HtmxRequest, key: UUID) -> HttpResponse:
    """All that were given up."""
    count = actions.replay_failed(endpoint=_endpoint_or_404(key), at=timezone.now())
    send_webhooks.enqueue()
    words = ngettext("%(n)d is sent again.", "%(n)d are sent again.", count)
    say(request, words % {"n": count})
    return redirect("integrations:endpoint", key)


@requires(MANAGE_INTEGRATIONS)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Nobody is told there any more."""
    row = _endpoint_or_404(key)
    actions.delete_endpoint(endpoint=row, by=user_of(request), at=timezone.now())
    say(request, _("%(name)s is deleted.") % {"name": row})
    return redirect("integrations:endpoints")


@requires(MANAGE_INTEGRATIONS)
@require_GET
def delivery(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What was said, and each answer; asks again by itself until the first one is there."""
    row = _delivery_or_404(key)
    context = {
        "delivery": row,
        "endpoint": row.endpoint,
        "state": state_badge(row),
        "attempts": [one | {"at": parse_datetime(one["at"])} for one in reversed(row.attempts)],
        "is_young": row.state == State.WAITING and row.due_at <= timezone.now(),  # on its way
        "left": MOST_TRIES - row.tries,
    }
    return page_or_partial(request, "integrations/delivery.html", "answers", context)


@requires(MANAGE_INTEGRATIONS)
@require_POST
def replay(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Once more, under the same id."""
    actions.replay(delivery=_delivery_or_404(key), at=timezone.now())
    send_webhooks.enqueue()
    return redirect("integrations:delivery", key)


def _secret_page(request: HtmxRequest, row: Endpoint, secret: str) -> HttpResponse:
    context = {"endpoint": row, "secret": secret}
    return render(request, "integrations/secret.html", context)


def _endpoint_or_404(key: UUID) -> Endpoint:
    found: Endpoint = get_object_or_404(queries.with_counts(queries.endpoints()), key=key)
    return found


def _delivery_or_404(key: UUID) -> Delivery:
    return get_object_or_404(queries.deliveries(), key=key)
