"""Who is in a campaign: derived from the codes that people came with."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce

from baton.core.facts import Fact, caused_by, publish
from baton.marketing.campaigns.events import CampaignJoined
from baton.marketing.campaigns.models import Campaign, CampaignMember
from baton.marketing.campaigns.rules import Status, went_further
from baton.marketing.capture.models import Visit
from baton.records.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Somebody came with a campaign's code."""

    person_id: int
    code: str
    status: Status
    at: datetime
    cause: Fact | None = None


@transaction.atomic
def enlist(*, comings: Sequence[Coming]) -> int:
    """Make them members, or more than they were; says how many. Safe with the same ones again.

    Codes of no living campaign and people who are gone are passed over.
    """
    campaigns = _by_code({coming.code for coming in comings})
    wanted = [coming for coming in comings if coming.code in campaigns]
    people = _living({coming.person_id for coming in wanted})
    known = _known(campaigns.values(), people)
    count = 0
    for coming in wanted:
        if coming.person_id not in people:
            continue
        place = (campaigns[coming.code], coming.person_id)
        if not went_further(known.get(place), coming.status):
            continue
        known[place] = coming.status
        _write(place, coming)
        count += 1
    return count


def enlist_known(*, campaign: Campaign) -> int:
    """Those who came with the code before there was a campaign of it; says how many."""
    people = Person.objects.living().filter(campaign=campaign.code)
    first = people.annotate(came_at=Coalesce("lead_at", "created_at"))
    visits = Visit.objects.filter(campaign=campaign.code, person__isnull=False)
    came = [
        *first.values_list("pk", "came_at"),
        *visits.order_by("started_at").values_list("person", "started_at"),
    ]
    return enlist(
        comings=[
            Coming(person_id=person_id, code=campaign.code, status=Status.REACHED, at=at)
            for person_id, at in came
            if person_id
        ]
    )


def _by_code(codes: Collection[str]) -> Mapping[str, int]:
    rows = Campaign.objects.living().filter(code__in=codes)
    return dict(rows.values_list("code", "pk"))


def _living(person_ids: Collection[int]) -> set[int]:
    return set(Person.objects.filter(pk__in=person_ids).values_list("pk", flat=True))


def _known(
    campaign_ids: Collection[int], person_ids: Collection[int]
) -> dict[tuple[int, int], str]:
    rows = CampaignMember.objects.filter(campaign__in=campaign_ids, person__in=person_ids)
    return {
        (campaign_id, person_id): status
        for campaign_id, person_id, status in rows.values_list("campaign", "person", "status")
    }


def _write(place: tuple[int, int], coming: Coming) -> None:
    campaign_id, person_id = place
    CampaignMember.objects.update_or_create(
        campaign_id=campaign_id,
        person_id=person_id,
        defaults={"status": coming.status, "at": coming.at},
    )
    with caused_by(coming.cause) if coming.cause else nullcontext():
        publish(
            CampaignJoined(
                happened_at=coming.at,
                person_id=person_id,
                campaign_id=campaign_id,
                status=coming.status,
            )
        )
