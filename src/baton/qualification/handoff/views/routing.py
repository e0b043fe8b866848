"""Who takes turns, which rules send whom where, and how the latest leads were routed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core import filters
from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms import (
    MemberForm,
    NewMemberForm,
    PoolForm,
    RoutingRuleForm,
    able_users,
)
from baton.qualification.handoff.models import Handoff, Offer, Pool, PoolMember, RoutingRule
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.readback import Line, decision_lines
from baton.qualification.handoff.views.loading import on_their_clock, user_of

LATEST = 20  # decisions shown


@dataclass(frozen=True, kw_only=True)
class PoolShown:
    pool: Pool
    members: list[tuple[PoolMember, MemberForm]]
    new: NewMemberForm | None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One offer, and the rules that led to it."""

    offer: Offer
    lines: list[Line]


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def routing(request: HtmxRequest) -> HttpResponse:
    return render(request, "handoff/routing.html", _context(request))


def _context(request: HtmxRequest) -> dict[str, Any]:
    user = user_of(request)
    may_manage = user.may(MANAGE_HANDOFFS)
    pools = list(
        Pool.objects.visible_to(user).living().order_by("-is_default", "is_catch_all", "name")
    )
    rules = RoutingRule.objects.visible_to(user).living().select_related("pool")
    seen = Handoff.objects.visible_to(user).values("pk")
    offers = Offer.objects.filter(handoff__in=seen).select_related("handoff__person", "rep", "pool")
    return {
        "pools": [_shown(pool, may_manage=may_manage) for pool in pools],
        "rules": [(rule, _words(rule)) for rule in rules],
        "decisions": [
            Decided(offer=offer, lines=decision_lines(offer.decision))
            for offer in offers.order_by("-offered_at", "-pk")[:LATEST]
        ],
        "may_manage": may_manage,
        "new_pool": PoolForm(),
    }


def _shown(pool: Pool, *, may_manage: bool) -> PoolShown:
    members = pool.members.select_related("user").order_by("user__name", "pk")
    return PoolShown(
        pool=pool,
        members=[(member, _member_form(member)) for member in members],
        new=NewMemberForm(pool=pool, initial=_USUAL, prefix=f"new-{pool.pk}")
        if may_manage
        else None,
    )


_USUAL = {"weight": 1, "is_available": True}


def _member_form(member: PoolMember) -> MemberForm:
    names = ("weight", "open_cap", "is_available")
    initial = {name: getattr(member, name) for name in names}
    return MemberForm(initial=initial, prefix=f"member-{member.pk}")


def _words(rule: RoutingRule) -> str:
    try:
        return filters.describe(filters.parse(rule.condition, object_type="person"))
    except filters.BadFilter:
        return _("Nobody: a field that it asks about is gone.")


def _pool(request: HttpRequest, key: UUID) -> Pool:
    return get_object_or_404(Pool.objects.visible_to(user_of(request)).living(), key=key)


def _back(request: HtmxRequest, said: str, *, batch: UUID | None = None) -> HttpResponse:
    """Says what was done; ``batch`` is what Undo takes back."""
    say(request, said, undo_url=reverse("changes:undo", args=[batch]) if batch else None)
    return go(request, reverse("handoff:routing"))


@requires(MANAGE_HANDOFFS)
@require_POST
def add_pool(request: HtmxRequest) -> HttpResponse:
    form = PoolForm(request.POST)
    if not form.is_valid():
        return _back(request, _("Give the pool a name."))
    pool = actions.create_pool(
        name=form.cleaned_data["name"], by=user_of(request), at=timezone.now()
    )
    return _back(request, _("“%(name)s” is made. Say who is in it.") % {"name": pool})


@requires(MANAGE_HANDOFFS)
@require_POST
def delete_pool(request: HtmxRequest, key: UUID) -> HttpResponse:
    pool = _pool(request, key)
    try:
        batch = actions.delete_pool(pool=pool, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        return _back(request, str(no))
    return _back(request, _("“%(name)s” is deleted.") % {"name": pool}, batch=batch)


@requires(MANAGE_HANDOFFS)
@require_POST
def add_member(request: HtmxRequest, key: UUID) -> HttpResponse:
    pool = _pool(request, key)
    form = NewMemberForm(request.POST, pool=pool, prefix=f"new-{pool.pk}")
    if not form.is_valid():
        return _back(request, _("Choose who takes turns, and a weight of 1 or more."))
    chosen = form.cleaned_data.pop("user")
    user = next(one for one in able_users() if str(one.key) == chosen)
    return _set(request, pool=pool, user=user, terms=form.cleaned_data)


@requires(MANAGE_HANDOFFS)
@require_POST
def edit_member(request: HtmxRequest, key: UUID, member: int) -> HttpResponse:
    """Weight, cap, leave; or out of the pool."""
    pool = _pool(request, key)
    row = get_object_or_404(pool.members.select_related("user"), pk=member)
    if "remove" in request.POST:
        by, at = user_of(request), timezone.now()
        batch = actions.remove_member(pool=pool, user=row.user, by=by, at=at)
        words = _("%(who)s takes no turns here any more.") % {"who": row.user}
        return _back(request, words, batch=batch)
    form = MemberForm(request.POST, prefix=f"member-{row.pk}")
    if not form.is_valid():
        return _back(request, _("Weight and caps are 1 or more."))
    return _set(request, pool=pool, user=row.user, terms=form.cleaned_data)


def _set(request: HtmxRequest, *, pool: Pool, user: User, terms: dict[str, Any]) -> HttpResponse:
    try:
        actions.set_member(pool=pool, user=user, by=user_of(request), at=timezone.now(), **terms)
    except RuleViolation as no:
        return _back(request, str(no))
    return _back(request, _("Saved."))


@requires(MANAGE_HANDOFFS)
@require_http_methods(["GET", "POST"])
def edit_rule(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    user = user_of(request)
    seen = RoutingRule.objects.visible_to(user, MANAGE_HANDOFFS).living()
    rule = get_object_or_404(seen, key=key) if key else None
    form = RoutingRuleForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        version = typed.pop("version")
        try:
            actions.save_routing_rule(
                values=typed | {"condition": form.rows.tree()},
                rule=rule,
                version=version,
                by=user,
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            return _back(request, _("Saved."))
    status = 422 if request.method == "POST" else 200
    return render(request, "handoff/rule.html", {"form": form, "rule": rule}, status=status)


@requires(MANAGE_HANDOFFS)
@require_POST
def delete_rule(request: HtmxRequest, key: UUID) -> HttpResponse:
    user = user_of(request)
    rule = get_object_or_404(RoutingRule.objects.visible_to(user).living(), key=key)
    batch = actions.delete_routing_rule(rule=rule, by=user, at=timezone.now())
    return _back(request, _("“%(name)s” is deleted.") % {"name": rule}, batch=batch)
