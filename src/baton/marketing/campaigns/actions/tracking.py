"""How undo and history read campaigns and costs, and write them back."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Verb
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.marketing.campaigns.actions.adding import MEMBER, put_back, take_out, write_member
from baton.marketing.campaigns.actions.campaigns import bring_back, put_away, write_back
from baton.marketing.campaigns.actions.costs import (
    bring_costs_back,
    put_costs_away,
    write_cost_back,
)
from baton.marketing.campaigns.models import Campaign, CampaignMember, Cost
from baton.marketing.campaigns.permissions import DELETE_CAMPAIGNS, EDIT_CAMPAIGNS


@transaction.atomic
def _write_campaign(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    write_back(pk, live_values(Campaign, values), by, at)


@transaction.atomic
def _write_cost(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    write_cost_back(pk, live_values(Cost, values), by, at)


def _permission(verb: Verb) -> Permission:
    return DELETE_CAMPAIGNS if verb is Verb.DELETE else EDIT_CAMPAIGNS


CAMPAIGN = Tracked(
    object_type="campaign",
    label="Campaign",
    read=partial(read_fields, Campaign),
    write=_write_campaign,
    trash=put_away,
    restore=bring_back,
    reach=lambda user, verb: Campaign.objects.reached_by(user, _permission(verb)),
)
COST = Tracked(
    object_type="cost",
    label="Cost",
    read=partial(read_fields, Cost),
    write=_write_cost,
    trash=put_costs_away,
    restore=bring_costs_back,
    reach=lambda user, verb: Cost.objects.reached_by(user, _permission(verb)),
)
JOINED = Tracked(
    object_type=MEMBER,
    label="Member of a campaign",
    read=partial(read_fields, CampaignMember),
    write=write_member,
    trash=take_out,
    restore=put_back,
    reach=lambda user, verb: CampaignMember.objects.visible_to(user, EDIT_CAMPAIGNS),
    has_trash=False,
)
