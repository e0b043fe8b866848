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
from baton.core.api.problems import Problem
from baton.core.languages import language_code
from baton.qualification.handoff import actions
from baton.qualification.handoff.api.handoffs import router
from baton.qualification.handoff.models import Pool, RoutingRule
from baton.qualification.handoff.models.routing import RoutingRuleQuerySet
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.rules import skill_name


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
