"""Who is in a campaign: derived from the codes that people came with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baton.core.facts import Fact, Origin, publish_many
from baton.marketing.campaigns.events import CampaignJoined
from baton.marketing.campaigns.models import Campaign, CampaignMember
from baton.marketing.campaigns.queries.coming import campaigns_of, people_who_came
from baton.marketing.campaigns.rules import Status, went_further
from baton.records.people.models import Person

CHUNK = 500  # members in one statement
Place = tuple[int, int]  # campaign, person


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Somebody came with a campaign's code. Without a cause it says itself how that is known."""

    person_id: int
    code: str
    status: Status
    at: datetime
    cause: Fact | None = None
    origin: Origin = Origin.LIVE
    batch: UUID | None = None


@transaction.atomic
def enlist(*, comings: Sequence[Coming]) -> int:
    """Make them members, or more than they were; says how many. Safe with the same ones again.

    Codes of no living campaign and people who are gone are passed over.
    """
    campaigns = _hold(campaigns_of({coming.code for coming in comings}))
    wanted = [coming for coming in comings if coming.code in campaigns]
    people = _living({coming.person_id for coming in wanted})
    known = _known(campaigns.values(), people)
    news: list[tuple[Place, Coming]] = []
    for coming in wanted:
        place = (campaigns[coming.code], coming.person_id)
        if coming.person_id in people and went_further(known.get(place), coming.status):
            known[place] = coming.status
            news.append((place, coming))
    _write(news)
    return len(news)


@transaction.atomic
def enlist_known(*, campaign_id: int, after: int, limit: int) -> int:
    """Those who came with the code before there was a campaign of it, a bite of them.

    Says the last of them, to go on after; 0 when there are no more.
    """
    campaign = Campaign.objects.living().filter(pk=campaign_id).first()
    came = people_who_came(campaign, after=after, limit=limit) if campaign else []
    comings = [
        Coming(
            person_id=one.person_id,
            code=campaign.code,
            status=Status.REACHED,
            at=one.at,
            origin=one.origin,
            batch=one.batch,
        )
        for one in came
        if campaign
    ]
    enlist(comings=comings)
    return came[-1].person_id if len(came) == limit else 0


def _hold(campaigns: Mapping[str, int]) -> dict[str, int]:
    """One at a time: of two who write the same member the later one would set them back."""
    held = Campaign.objects.select_for_update(no_key=True).filter(pk__in=campaigns.values())
    living = set(held.order_by("pk").values_list("pk", flat=True))
    return {code: pk for code, pk in campaigns.items() if pk in living}


def _living(person_ids: Collection[int]) -> set[int]:
    return set(Person.objects.living().filter(pk__in=person_ids).values_list("pk", flat=True))


def _known(campaign_ids: Collection[int], person_ids: Collection[int]) -> dict[Place, str]:
    rows = CampaignMember.objects.filter(campaign__in=campaign_ids, person__in=person_ids)
    return {
        (campaign_id, person_id): status
        for campaign_id, person_id, status in rows.values_list("campaign", "person", "status")
    }


def _write(news: Sequence[tuple[Place, Coming]]) -> None:
    """A row of each member, the furthest they went; a fact of each step."""
    CampaignMember.objects.bulk_create(
        [
            CampaignMember(
                campaign_id=campaign_id, person_id=person_id, status=coming.status, at=coming.at
            )
            for (campaign_id, person_id), coming in dict(news).items()
        ],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["campaign", "person"],
        update_fields=["status", "at"],
    )
    publish_many(
        [
            CampaignJoined(
                happened_at=coming.at,
                person_id=person_id,
                campaign_id=campaign_id,
                status=coming.status,
                origin=coming.origin,
                batch=coming.batch,
            )
            for (campaign_id, person_id), coming in news
        ],
        causes=[coming.cause for _place, coming in news],
    )
