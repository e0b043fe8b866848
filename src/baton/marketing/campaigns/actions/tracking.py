"""How undo and history read campaigns and costs, and write them back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Verb
from baton.core.changes.slots import Tracked
from baton.marketing.campaigns.actions.campaigns import bring_back, put_away, write_back
from baton.marketing.campaigns.actions.costs import (
    bring_costs_back,
    put_costs_away,
    write_cost_back,
)
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.permissions import DELETE_CAMPAIGNS, EDIT_CAMPAIGNS

Kind = type[Campaign] | type[Cost]


def _read(kind: Kind, ids: Collection[int], names: Collection[str]) -> Mapping[int, dict[str, Any]]:
    rows = kind._default_manager.filter(pk__in=ids).values("pk", *names)
    return {row.pop("pk"): row for row in rows}


def _live(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as history keeps them, turned into what the fields hold."""
    return {name: _value(kind, name, plain) for name, plain in values.items()}


def _value(kind: Kind, name: str, plain: Any) -> Any:
    field: Any = kind._meta.get_field(name)
    if not field.is_relation:
        return field.to_python(plain)
    return field.related_model._default_manager.filter(pk=plain).first()


@transaction.atomic
def _write_campaign(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    write_back(pk, _live(Campaign, values), by, at)


@transaction.atomic
def _write_cost(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    write_cost_back(pk, _live(Cost, values), by, at)


def _permission(verb: Verb) -> Permission:
    return DELETE_CAMPAIGNS if verb is Verb.DELETE else EDIT_CAMPAIGNS


CAMPAIGN = Tracked(
    object_type="campaign",
    label="Campaign",
    read=lambda ids, names: _read(Campaign, ids, names),
    write=_write_campaign,
    trash=put_away,
    restore=bring_back,
    reach=lambda user, verb: Campaign.objects.reached_by(user, _permission(verb)),
)
COST = Tracked(
    object_type="cost",
    label="Cost",
    read=lambda ids, names: _read(Cost, ids, names),
    write=_write_cost,
    trash=put_costs_away,
    restore=bring_costs_back,
    reach=lambda user, verb: Cost.objects.reached_by(user, _permission(verb)),
)
