"""One subscription: its page, a new one, renewed, cancelled, deleted; each act with its undo."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.records.purchases import actions
from baton.records.purchases.actions import NewSubscription
from baton.records.purchases.forms import CancelForm, RenewForm, SubscriptionForm
from baton.records.purchases.forms.parts import moment_of
from baton.records.purchases.models import Subscription
from baton.records.purchases.permissions import (
    DELETE_PURCHASES,
    EDIT_PURCHASES,
    VIEW_PURCHASES,
)
from baton.records.purchases.views.loading import (
    buyer_asked,
    buyers_to_choose,
    subscription_or_404,
    today,
)
from baton.records.purchases.words import EACH, source_words, standing_badge


@requires(VIEW_PURCHASES)
@require_GET
def subscription(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What is paid, since when, and until when."""
    return _page(request, subscription_or_404(request, key))


@requires(EDIT_PURCHASES)
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """Without a buyer in the address: choose one; then the form."""
    buyer = buyer_asked(request)
    if not any(buyer.values()):
        context = {**buyers_to_choose(request), "new_url": reverse("purchases:new-subscription")}
        return page_or_partial(request, "purchases/choose.html", "found", context)
    form = SubscriptionForm(
        request.POST or None, today=today(), currency=organisation().base_currency
    )
    if form.is_valid() and (made := _start(form, user=user_of(request), buyer=buyer)):
        row, batch = made
        say(request, _("The subscription is added."), undo_url=undo_of(batch))
        return go(request, row.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    context = {"form": form, **buyer}
    return render(request, "purchases/new_subscription.html", context, status=status)


@requires(EDIT_PURCHASES)
@require_POST
def renew(request: HtmxRequest, key: UUID) -> HttpResponse:
    """They went on."""
    found = subscription_or_404(request, key, EDIT_PURCHASES)
    form = RenewForm(request.POST, today=today())
    if form.is_valid():
        at, said = timezone.now(), form.cleaned_data
        renews = said["renews_on"]
        try:
            batch = actions.renew_subscription(
                subscription=found,
                renewed_at=moment_of(said["renewed_on"], at=at),
                renews_at=moment_of(renews, at=at) if renews else None,
                by=user_of(request),
                at=at,
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("The renewal is kept."), undo_url=undo_of(batch))
            return go(request, found.get_absolute_url())
    return _page(request, found, renewing=form, status=422)


@requires(EDIT_PURCHASES)
@require_POST
def cancel(request: HtmxRequest, key: UUID) -> HttpResponse:
    """They do not go on."""
    found = subscription_or_404(request, key, EDIT_PURCHASES)
    form = CancelForm(request.POST, today=today())
    if form.is_valid():
        at, said = timezone.now(), form.cleaned_data
        ends = said["ends_on"]
        try:
            batch = actions.cancel_subscription(
                subscription=found,
                cancelled_at=moment_of(said["cancelled_on"], at=at),
                ended_at=moment_of(ends, at=at) if ends else None,
                by=user_of(request),
                at=at,
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("The subscription is cancelled."), undo_url=undo_of(batch))
            return go(request, found.get_absolute_url())
    return _page(request, found, cancelling=form, status=422)


@requires(DELETE_PURCHASES)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with Undo."""
    found = subscription_or_404(request, key, DELETE_PURCHASES)
    batch = actions.trash_subscriptions(
        subscription_ids=[found.pk], by=user_of(request), at=timezone.now()
    )
    say(request, _("“%(name)s” is deleted.") % {"name": found}, undo_url=undo_of(batch))
    return go(request, reverse("purchases:subscriptions"))


def _start(
    form: SubscriptionForm, *, user: User, buyer: dict[str, Any]
) -> tuple[Subscription, UUID] | None:
    """None when the rules said no: the form then says why."""
    at, said = timezone.now(), form.cleaned_data
    renews = said["renews_on"]
    news = NewSubscription(
        name=form.title(),
        product=said["product"],
        interval=said["interval"],
        amount=said["amount"],
        currency=said["currency"],
        started_at=moment_of(said["started_on"], at=at),
        renews_at=moment_of(renews, at=at) if renews else None,
        **buyer,
    )
    try:
        return actions.start_subscription(new=news, by=user, at=at)
    except RuleViolation as no:
        form.add_error(None, str(no))
        return None


def _page(
    request: HtmxRequest,
    found: Subscription,
    *,
    renewing: forms.Form | None = None,
    cancelling: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    user, buyer = user_of(request), found.person or found.company
    context = {
        "subscription": found,
        "orders_url": buyer.get_absolute_url() if buyer else "",
        "state": standing_badge(found),
        "each": EACH[found.interval],
        "source": source_words(found.source),
        "renew_form": renewing or RenewForm(today=today()),
        "cancel_form": cancelling or CancelForm(today=today()),
        "open": "renew" if renewing else "cancel" if cancelling else "",
        "may_act": user.may(EDIT_PURCHASES) and not found.cancelled_at,
        "may_delete": user.may(DELETE_PURCHASES),
    }
    return render(request, "purchases/subscription.html", context, status=status)
