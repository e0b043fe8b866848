"""People who are put into a campaign by hand, and taken out again by an undo."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_each
from baton.core.changes.models import Change
from baton.core.changes.queries import live_values
from baton.core.errors import RuleViolation
from baton.core.facts import publish_many, retract
from baton.marketing.campaigns.events import CampaignJoined
from baton.marketing.campaigns.models import Campaign, CampaignMember
from baton.marketing.campaigns.rules import Status
from baton.records.people.models import Person

MEMBER = "campaign_member"
IMPORTED = "import"  # the cause of what a file brought
REACHED = Status.REACHED.value
CHUNK = 500


class CampaignGone(RuleViolation):
    """It lies in the trash."""


@transaction.atomic
def add_people(
    *, campaign: Campaign, people_ids: Collection[int], by: User, at: datetime, batch: UUID
) -> int:
    """Members whom the campaign reached, and nobody twice; says how many are new.

    Raises CampaignGone.
    """
    # Held as ``enlist`` holds it: of two who add the same person the second finds them there.
    held = Campaign.objects.select_for_update(no_key=True).filter(pk=campaign.pk).first()
    if held is None or held.deleted_at:
        raise CampaignGone(_("“%(campaign)s” is not there any more.") % {"campaign": campaign})
    known = CampaignMember.objects.filter(campaign=campaign).values("person")
    news = Person.objects.living().filter(pk__in=people_ids).exclude(pk__in=known).order_by("pk")
    rows = [
        CampaignMember(campaign=campaign, person_id=pk, status=Status.REACHED, at=at)
        for pk in news.values_list("pk", flat=True)
    ]
    made = CampaignMember.objects.bulk_create(rows, batch_size=CHUNK)
    record_each(
        [row.pk for row in made], object_type=MEMBER, verb="created", by=by, at=at, batch=batch
    )
    publish_many(
        CampaignJoined(
            happened_at=at,
            person_id=row.person_id,
            campaign_id=campaign.pk,
            status=Status.REACHED,
            actor_id=by.pk,
            batch=batch,
        )
        for row in made
    )
    return len(made)


@transaction.atomic
def take_out(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """For the undo: those who went no further since; what was told of them stands no longer. Of an
    import that is said when all of it is taken back."""
    acts = Change.objects.filter(object_type=MEMBER, object_id__in=ids, verb="created")
    made = {act.object_id: act for act in acts.order_by("pk")}
    rows = CampaignMember.objects.select_for_update().filter(pk__in=made)
    gone = [row.pk for row in rows if row.status == made[row.pk].after.get("status", REACHED)]
    for batch in {made[pk].batch for pk in gone if made[pk].cause != IMPORTED}:
        retract(batch=batch, at=at)
    CampaignMember.objects.filter(pk__in=gone).delete()
    return gone


def put_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """There is no trash of members: whoever was taken out is added anew."""
    return []


def write_member(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """How far they were before an import, for its undo."""
    CampaignMember.objects.filter(pk=pk).update(**live_values(CampaignMember, values))
