"""Members follow two people who become one; who was in a campaign twice went as far as either."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from baton.core.changes.actions import plain
from baton.marketing.campaigns.models import CampaignMember
from baton.marketing.campaigns.rules import went_further
from baton.records.people.actions import Rows
from baton.records.people.slots import Pairs, PersonCarrier

ROWS = Rows(CampaignMember, "person", once=("campaign_id",))


def _carry(pairs: Pairs, at: datetime) -> dict[int, dict[str, Any]]:
    moved = ROWS.carry(pairs, at)
    left = CampaignMember.objects.filter(person_id__in=pairs).order_by("pk")
    kept = CampaignMember.objects.filter(person_id__in=pairs.values())
    theirs = {(row.campaign_id, row.person_id): row for row in kept}
    carried = {pk: {"rows": rows, "before": {}} for pk, rows in moved.items()}
    for row in left:
        mine = theirs[row.campaign_id, pairs[row.person_id]]
        if went_further(mine.status, row.status):
            mark = carried.setdefault(row.person_id, {"rows": [], "before": {}})
            mark["before"][str(mine.pk)] = [mine.status, plain(mine.at), row.status]  # type: ignore[index]
            mine.status, mine.at = row.status, row.at
            mine.save(update_fields=["status", "at"])
    return carried


def _give_back(pairs: Pairs, carried: Mapping[int, Any], at: datetime) -> None:
    ROWS.give_back(pairs, {pk: one["rows"] for pk, one in carried.items()}, at)
    for one in carried.values():
        for pk, (status, since, became) in one["before"].items():
            row = CampaignMember.objects.filter(pk=pk, status=became)
            row.update(status=status, at=parse_datetime(since))


CARRIER = PersonCarrier(name=ROWS.name, columns=(ROWS.name,), carry=_carry, give_back=_give_back)
