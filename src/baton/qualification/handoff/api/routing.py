"""Rules of routing and named accounts over the API: the same actions as the screens."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from ninja.responses import Status

from baton.core.access.doors import user_of
from baton.core.api.conditions import read_condition
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.qualification.handoff import actions
from baton.qualification.handoff.api.handoffs import router
from baton.qualification.handoff.languages import language_code, skill_name
from baton.qualification.handoff.models import NamedAccount, Pool, RoutingRule
from baton.qualification.handoff.models.routing import RoutingRuleQuerySet
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS

# What parts lines and owners.
LINE_MARKS = str.maketrans(dict.fromkeys("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


class RoutingRuleOut(Schema):
    """``condition``: a tree of conditions on people; rules are tried by ``position``."""

    key: UUID
    version: int
    name: str
    condition: Any
    pool: UUID
    pool_name: str
    position: int
    is_active: bool
    language: str
    skill: str

    @staticmethod
    def resolve_pool(rule: RoutingRule) -> UUID:
        return rule.pool.key

    @staticmethod
    def resolve_pool_name(rule: RoutingRule) -> str:
        return rule.pool.name


class RoutingRuleIn(Schema):
    """``position``: from 1; the last one unless it is said."""

    name: str = Field(max_length=120, min_length=1)
    condition: dict[str, Any]
    pool: UUID
    position: int | None = Field(None, ge=1, le=999)
    is_active: bool = True
    language: str = Field("", max_length=40)
    skill: str = Field("", max_length=60)


class RoutingRulePatch(Schema):
    name: str = Field("", max_length=120, min_length=1)
    condition: dict[str, Any] = {}
    pool: UUID | None = None
    position: int = Field(1, ge=1, le=999)
    is_active: bool = True
    language: str = Field("", max_length=40)
    skill: str = Field("", max_length=60)
    version: int | None = None


class NamedAccountOut(Schema):
    """A company or a domain, and the rep or the pool that answers for it."""

    key: UUID
    company: UUID | None
    account: str
    rep: UUID | None
    pool: UUID | None
    owner_name: str

    @staticmethod
    def resolve_company(row: NamedAccount) -> UUID | None:
        return row.company.key if row.company else None

    @staticmethod
    def resolve_account(row: NamedAccount) -> str:
        return str(row)

    @staticmethod
    def resolve_rep(row: NamedAccount) -> UUID | None:
        return row.rep.key if row.rep else None

    @staticmethod
    def resolve_pool(row: NamedAccount) -> UUID | None:
        return row.pool.key if row.pool else None

    @staticmethod
    def resolve_owner_name(row: NamedAccount) -> str:
        return str(row.rep or row.pool)


class NamedIn(Schema):
    """``account``: a domain, or the name of a company. ``owner``: a rep by mail or name, or a pool
    by name."""

    account: str = Field(max_length=253)
    owner: str = Field(max_length=254)


class NamedListIn(Schema):
    accounts: list[NamedIn] = Field(max_length=1000)


class NamedDone(Schema):
    """``refused``: a sentence for each that names nothing; the others count."""

    added: int
    moved: int
    same: int
    refused: list[str]


def pool_of(request: HttpRequest, key: UUID | None) -> Pool:
    """422 for a key that is no pool's."""
    pools = Pool.objects.visible_to(user_of(request)).living()
    found = pools.filter(key=key).first() if key else None
    if found is None:
        raise Problem(422, "pool: no pool has this key.")
    return found


def rule_values(request: HttpRequest, sent: Schema) -> dict[str, Any]:
    """What the action takes, of the fields that were sent."""
    values = sent.dict(exclude_unset=True)
    if values.get("condition"):
        read_condition(values["condition"], object_type="person", name="condition")
    if "pool" in values:
        values["pool"] = pool_of(request, values["pool"])
    if "language" in values:
        values["language"] = language_code(values["language"])
    if "skill" in values:
        values["skill"] = skill_name(values["skill"])
    return values


def rules_seen(request: HttpRequest, permission: Any = VIEW_HANDOFFS) -> RoutingRuleQuerySet:
    rows = RoutingRule.objects.visible_to(user_of(request), permission)
    return rows.living().select_related("pool")


@router.get("/routing/rules/", response=list[RoutingRuleOut], operation_id="list_routing_rules")
@needs(VIEW_HANDOFFS)
def rules(request: HttpRequest) -> Any:
    """All of them, in the order in which they are tried."""
    return list(rules_seen(request))


@router.post("/routing/rules/", response={201: RoutingRuleOut}, operation_id="create_routing_rule")
@needs(MANAGE_HANDOFFS)
@idempotent(RoutingRuleOut)
def create_rule(request: HttpRequest, sent: RoutingRuleIn) -> Any:
    values = rule_values(request, sent)
    if not values.get("position"):
        latest = rules_seen(request).last()
        values["position"] = latest.position + 1 if latest else 1
    made = actions.save_routing_rule(values=values, by=user_of(request), at=timezone.now())
    return Status(201, made)


@router.get("/routing/rules/{uuid:key}/", response=RoutingRuleOut, operation_id="get_routing_rule")
@needs(VIEW_HANDOFFS)
def rule(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(rules_seen(request), key=key)


@router.patch(
    "/routing/rules/{uuid:key}/", response=RoutingRuleOut, operation_id="change_routing_rule"
)
@needs(MANAGE_HANDOFFS)
def change_rule(request: HttpRequest, key: UUID, sent: RoutingRulePatch) -> Any:
    """The fields that are sent."""
    found = get_object_or_404(rules_seen(request, MANAGE_HANDOFFS), key=key)
    values = rule_values(request, sent)
    version = values.pop("version", None)
    return actions.save_routing_rule(
        values=values, rule=found, version=version, by=user_of(request), at=timezone.now()
    )


@router.delete(
    "/routing/rules/{uuid:key}/", response={204: None}, operation_id="delete_routing_rule"
)
@needs(MANAGE_HANDOFFS)
def delete_rule(request: HttpRequest, key: UUID) -> Any:
    """Into the trash; the others keep their order."""
    found = get_object_or_404(rules_seen(request, MANAGE_HANDOFFS), key=key)
    actions.delete_routing_rule(rule=found, by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.get("/routing/named/", response=Page[NamedAccountOut], operation_id="list_named_accounts")
@needs(VIEW_HANDOFFS)
def named(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """In the order in which they were named."""
    rows = NamedAccount.objects.visible_to(user_of(request)).living()
    return page_of(rows.select_related("company", "rep", "pool"), cursor=cursor, limit=limit)


@router.post("/routing/named/", response=NamedDone, operation_id="name_accounts")
@needs(MANAGE_HANDOFFS)
def name(request: HttpRequest, sent: NamedListIn) -> Any:
    """Whose these accounts are from now on; what is named already changes hands. Twice is once."""
    lines = (
        f"{one.account.translate(LINE_MARKS)}\t{one.owner.translate(LINE_MARKS)}"
        for one in sent.accounts
    )
    return actions.name_accounts(text="\n".join(lines), by=user_of(request), at=timezone.now())


@router.delete(
    "/routing/named/{uuid:key}/", response={204: None}, operation_id="delete_named_account"
)
@needs(MANAGE_HANDOFFS)
def delete_named(request: HttpRequest, key: UUID) -> Any:
    """Into the trash; its leads go by territories and rules again."""
    rows = NamedAccount.objects.visible_to(user_of(request), MANAGE_HANDOFFS).living()
    found = get_object_or_404(rows, key=key)
    actions.delete_named_accounts(ids=[found.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)
