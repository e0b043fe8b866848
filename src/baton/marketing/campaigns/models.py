from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import CommonQuerySet
from baton.core.addresses import address
from baton.core.keys import LIVING, RecordModel
from baton.core.settings.models import Brand
from baton.marketing.campaigns import permissions
from baton.records.people.models import Person


class CampaignQuerySet(CommonQuerySet["Campaign"]):
    viewed_with = permissions.VIEW_CAMPAIGNS


class Campaign(RecordModel):
    """An effort on one channel over a period; ``code`` is its utm_campaign."""

    code = models.SlugField(max_length=120)
    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=160)  # casefolded name, written with it
    channel = models.CharField(max_length=40)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    brand = models.ForeignKey(Brand, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    goal = models.TextField(blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(**LIVING), name="campaign_code_once"
            ),
            models.CheckConstraint(
                name="campaign_ends_after_start",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="campaign_by_name"),
            models.Index(fields=["starts_on", "id"], name="campaign_by_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("campaigns:campaign", self.key)


class CampaignExternalId(models.Model):
    """How another system calls it: by this its members name it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)

    objects: ClassVar["models.Manager[CampaignExternalId]"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="campaign_external_id_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"


class MemberQuerySet(QuerySet["CampaignMember"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_CAMPAIGNS
    ) -> "MemberQuerySet":
        """Those people whom the user may see."""
        if not user.may(permission):
            return self.none()
        # Asked of each: as a list of all whom the user sees it would be made first.
        seen = Person.objects.visible_to(user).filter(pk=OuterRef("person"))
        return self.filter(Exists(seen))


class CampaignMember(models.Model):
    """A person whom the campaign reached, and the furthest they went in it."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="members", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    status = models.CharField(max_length=20)  # reached, responded
    at = models.DateTimeField()  # when they went that far

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="campaign_member_once")
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="campaign_member_by_time"),
            models.Index(fields=["campaign", "status"], name="campaign_member_by_status"),
            models.Index(fields=["campaign", "at", "id"], name="campaign_member_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.person_id}"


class CostQuerySet(CommonQuerySet["Cost"]):
    viewed_with = permissions.VIEW_CAMPAIGNS


class Cost(RecordModel):
    """Money spent over a period, for a campaign or (people, tools, agencies) for none."""

    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="costs"
    )
    kind = models.CharField(max_length=20)  # rules.CostKind: ads, people, tools, agencies, other
    channel = models.CharField(max_length=40, blank=True)  # of a cost without a campaign
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    base_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)  # null = unknown
    rate_on = models.DateField(null=True)
    from_on = models.DateField()
    to_on = models.DateField()
    note = models.CharField(max_length=250, blank=True)
    external_id = models.CharField(max_length=200, blank=True)

    objects = CostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cost_ends_after_start", condition=Q(to_on__gte=F("from_on"))
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id="") & Q(deleted_at=None),
                name="cost_imported_once",
            ),
            models.CheckConstraint(name="cost_is_not_negative", condition=Q(amount__gte=0)),
        ]
        indexes = [models.Index(fields=["from_on", "id"], name="cost_by_start")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def get_absolute_url(self) -> str:
        return address("campaigns:cost", self.key)
