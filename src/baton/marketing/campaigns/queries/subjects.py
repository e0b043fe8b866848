"""The campaign as the timeline knows it, and who may read what stands on it."""

from uuid import UUID

from django.db.models import F

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.prepared import Prepared
from baton.marketing.campaigns.models import Campaign, CampaignQuerySet
from baton.records.people.models import Person
from baton.records.timeline.slots import Subject

FOLLOWED = 500  # people of a campaign: how far they went stands on its timeline


def campaign_subject(campaign: Campaign, *, user: User) -> Subject:
    """What happened with it, and with those of its people whom this user sees."""
    return Subject(
        kind="campaign",
        key=campaign.key,
        title=campaign.name,
        url=campaign.get_absolute_url(),
        campaign_id=campaign.pk,
        person_ids=tuple(_LATELY.rows(user=user, campaign=campaign.pk)),
        writes=("note", "task"),
    )


_LATELY: Prepared[int] = Prepared(
    lambda user, campaign: (
        Person.objects.visible_to(user)
        .filter(memberships__campaign=campaign)
        .order_by(F("latest_touch_at").desc(nulls_last=True), "-pk")
        .values_list("pk", flat=True)[:FOLLOWED]
    )
)


def find_campaign_subject(user: User, key: UUID, permission: Permission) -> Subject | None:
    """The campaign as the timeline knows it, if the user sees it.

    Who sees a campaign may write a note about it: ``permission`` is the timeline's own.
    """
    found = Campaign.objects.visible_to(user).filter(key=key).first()
    return campaign_subject(found, user=user) if found and user.may(permission) else None


def campaigns_seen(user: User) -> CampaignQuerySet:
    """Notes and tasks about others are not told."""
    return Campaign.objects.visible_to(user)
