"""Whose a place or a company is, before anybody takes turns; and what reps can do."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import LIVING, LivingQuerySet, RecordModel
from baton.qualification.handoff import permissions
from baton.qualification.handoff.models.routing import Pool
from baton.records.people.models import Company

ONE_OWNER = Q(pool=None, rep__isnull=False) | Q(pool__isnull=False, rep=None)


class TerritoryQuerySet(QuerySet["Territory"]):
    def living(self) -> "TerritoryQuerySet":
        return self.filter(deleted_at=None).order_by("position", "pk")

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_HANDOFFS
    ) -> "TerritoryQuerySet":
        return self.all() if user.may(permission) else self.none()


class Territory(RecordModel):
    """A part of the market, by marks that must all hold; a pool or a rep answers for it.

    Tried in order, the first that fits counts. A company whose territory bears this name lies in
    it whatever the marks say.
    """

    MARKS: ClassVar = ("countries", "regions", "postcodes", "industries", "size_from", "size_to")

    name = models.CharField(max_length=80)
    countries = models.JSONField(default=list)
    regions = models.JSONField(default=list)
    postcodes = models.JSONField(default=list)  # how they begin
    industries = models.JSONField(default=list)
    size_from = models.PositiveIntegerField(null=True)  # employees
    size_to = models.PositiveIntegerField(null=True)
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="territories")
    rep = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="territory_has_one_owner", condition=ONE_OWNER),
            models.CheckConstraint(
                name="territory_sizes_in_order",
                condition=Q(size_from=None) | Q(size_to=None) | Q(size_to__gte=F("size_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def marks(self) -> Mapping[str, Any]:
        """As the rules take them."""
        return {name: getattr(self, name) for name in self.MARKS}


class NamedAccountQuerySet(LivingQuerySet["NamedAccount"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_HANDOFFS
    ) -> "NamedAccountQuerySet":
        return self.all() if user.may(permission) else self.none()


class NamedAccount(RecordModel):
    """A company, or whoever writes from a domain, whose leads one rep or one pool answers."""

    company = models.ForeignKey(Company, null=True, on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(max_length=253, blank=True)  # lower case, without www
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="+")
    rep = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = NamedAccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="named_account_has_one_owner", condition=ONE_OWNER),
            models.CheckConstraint(
                name="named_account_is_company_or_domain",
                condition=Q(company=None) & ~Q(domain="") | Q(company__isnull=False, domain=""),
            ),
            models.UniqueConstraint(
                fields=["company"], condition=Q(**LIVING), name="named_company_once"
            ),
            models.UniqueConstraint(
                fields=["domain"],
                condition=Q(**LIVING) & ~Q(domain=""),
                name="named_domain_once",
            ),
        ]

    def __str__(self) -> str:
        return self.company.name if self.company else self.domain


class RepProfile(models.Model):
    """What somebody who answers leads brings along."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="rep_profile")
    languages = models.JSONField(default=list)  # codes
    skills = models.JSONField(default=list)

    objects: ClassVar[models.Manager["RepProfile"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.user_id}"
