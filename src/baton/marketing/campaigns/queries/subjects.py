"""The campaign as the timeline knows it, and who may read what stands on it."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Scope
from baton.core.prepared import Fixed, Prepared
from baton.marketing.campaigns.models import Campaign, CampaignMember, CampaignQuerySet
from baton.records.people.models import Person
from baton.records.people.permissions import VIEW_PEOPLE
from baton.records.timeline.slots import Subject

FOLLOWED = 500  # people of a campaign: how far they went stands on its timeline
MANY = 20_000  # members: to sort so many takes longer than to meet the first of them


def campaign_subject(campaign: Campaign, *, user: User) -> Subject:
    """What happened with it, and with those of its people whom this user sees."""
    return Subject(
        kind="campaign",
        key=campaign.key,
        title=campaign.name,
        url=campaign.get_absolute_url(),
        campaign_id=campaign.pk,
        person_ids=tuple(_lately(campaign, user=user)),
        writes=("note", "task"),
    )


def _lately(campaign: Campaign, *, user: User) -> list[int]:
    """Those of them with whom something happened last.

    Of few members all are sorted. Of many the people are walked by their latest touch until enough
    of them were met, where this user sees everybody: whoever sees few would have all walked.
    """
    is_whole = user.scope(VIEW_PEOPLE) is Scope.ALL
    are_many = is_whole and _BEYOND.rows(campaign=campaign.pk, many=Fixed(MANY))
    return (_ALONG if are_many else _SORTED).rows(user=user, campaign=campaign.pk)


def _by_touch(people: QuerySet[Person]) -> QuerySet[Any, int]:
    by_touch = people.order_by(F("latest_touch_at").desc(nulls_last=True), "-pk")
    return by_touch.values_list("pk", flat=True)[:FOLLOWED]


_SORTED: Prepared[int] = Prepared(
    lambda user, campaign: _by_touch(
        Person.objects.visible_to(user).filter(memberships__campaign=campaign)
    )
)
_ALONG: Prepared[int] = Prepared(
    lambda user, campaign: _by_touch(
        Person.objects.visible_to(user).filter(
            Exists(CampaignMember.objects.filter(campaign=campaign, person=OuterRef("pk")))
        )
    )
)
_BEYOND: Prepared[int] = Prepared(
    lambda campaign, many: (
        CampaignMember.objects.filter(campaign=campaign)
        .order_by("at", "pk")
        .values_list("pk", flat=True)[many : many + 1]
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
