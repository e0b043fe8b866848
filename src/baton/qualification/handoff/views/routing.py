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
from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.languages import language_name
from baton.core.ui.formats import working_words
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
from baton.qualification.handoff.models import (
    NamedAccount,
    Pool,
    PoolMember,
    RoutingRule,
    Territory,
)
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries.checks import problems
from baton.qualification.handoff.queries.decided import offers_seen
from baton.qualification.handoff.rules import territory_tree
from baton.qualification.handoff.views.decided import decided, draft_token, drafted_rule
from baton.qualification.handoff.views.loading import on_their_clock

LATEST = 20  # decisions shown


@dataclass(frozen=True, kw_only=True)
class PoolShown:
    pool: Pool
    members: list[tuple[PoolMember, MemberForm]]
    new: NewMemberForm | None
    works: str  # by turns or as a queue, its clock, who stands behind it


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def routing(request: HtmxRequest) -> HttpResponse:
    return render(request, "handoff/routing.html", _context(request))


def _context(request: HtmxRequest) -> dict[str, Any]:
    user = user_of(request)
    may_manage = user.may(MANAGE_HANDOFFS)
    pools = list(
        Pool.objects.visible_to(user)
        .living()
        .select_related("escalates_to")
        .order_by("-is_default", "is_catch_all", "name")
    )
    lands = Territory.objects.visible_to(user).living().select_related("pool", "rep")
    rules = RoutingRule.objects.visible_to(user).living().select_related("pool")
    return {
        "pools": [_shown(pool, may_manage=may_manage) for pool in pools],
        "rules": [(rule, _words(rule)) for rule in rules],
        "territories": [(land, _described(territory_tree(land.marks()))) for land in lands],
        "account_count": NamedAccount.objects.visible_to(user).living().count(),
        "problems": problems(at=timezone.now()) if may_manage else [],
        "decisions": decided(offers_seen(user)[:LATEST]),
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
        works=_works(pool),
    )


_USUAL = {"weight": 1, "is_available": True}


def _member_form(member: PoolMember) -> MemberForm:
    names = ("weight", "open_cap", "daily_cap", "is_available")
    initial = {name: getattr(member, name) for name in names}
    return MemberForm(initial=initial, prefix=f"member-{member.pk}")


def _words(rule: RoutingRule) -> str:
    """Whom it is about, and who should get them."""
    language = _("first who speaks %(name)s") % {"name": language_name(rule.language)}
    skill = _("first who knows %(name)s") % {"name": rule.skill}
    asks = [*([language] if rule.language else []), *([skill] if rule.skill else [])]
    return "; ".join([_described(rule.condition), *asks])


def _works(pool: Pool) -> str:
    """In a line, which leads to where it is changed."""
    says = []
    if pool.is_pull or pool.is_catch_all:
        says.append(_("queue"))
        if pool.clock_minutes:
            says.append(working_words(pool.clock_minutes))
    else:
        says.append(_("by turns"))
    if pool.asks_workers:
        says.append(_("who works now first"))
    if pool.escalates_to:
        says.append(_("then %(pool)s") % {"pool": pool.escalates_to})
    return ", ".join(says)


def _described(tree: Any) -> str:
    try:
        return filters.describe(filters.parse(tree, object_type="person"))
    except filters.BadFilter:
        return _("Nobody: a field that it asks about is gone.")


def _pool(request: HttpRequest, key: UUID) -> Pool:
    return get_object_or_404(Pool.objects.visible_to(user_of(request)).living(), key=key)


def _back(request: HtmxRequest, said: str, *, batch: UUID | None = None) -> HttpResponse:
    """Says what was done; ``batch`` is what Undo takes back."""
    say(request, said, undo_url=undo_of(batch))
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
    draft = drafted_rule(request.GET.get("draft", ""))
    form = RoutingRuleForm(request.POST or None, rule=draft or rule)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data | {"condition": form.rows.tree()}
        if "try" in request.POST:
            return _try(request, typed, rule=rule)
        version = typed.pop("version")
        try:
            actions.save_routing_rule(
                values=typed,
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


def _try(request: HtmxRequest, values: dict[str, Any], *, rule: RoutingRule | None) -> HttpResponse:
    """Nothing is saved: the draft travels in the address."""
    token = draft_token(values, rule=rule)
    return go(request, f"{reverse('handoff:trial')}?draft={token}")


@requires(MANAGE_HANDOFFS)
@require_POST
def delete_rule(request: HtmxRequest, key: UUID) -> HttpResponse:
    user = user_of(request)
    rule = get_object_or_404(RoutingRule.objects.visible_to(user).living(), key=key)
    batch = actions.delete_routing_rule(rule=rule, by=user, at=timezone.now())
    return _back(request, _("“%(name)s” is deleted.") % {"name": rule}, batch=batch)
