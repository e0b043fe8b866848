from django.db import models
from django.db.models import Exists, OuterRef, Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.keys import RecordModel
from baton.records.people.models import Person
from baton.records.timeline.models import Task
from baton.sales.customers import permissions
from baton.sales.customers.models.customers import Customer
from baton.sales.customers.rules import FavourKind, FavourOutcome


class FavourQuerySet(GuardedQuerySet["Favour"]):
    viewed_with = permissions.VIEW_CUSTOMERS

    def living(self) -> "FavourQuerySet":
        return self.filter(deleted_at=None, customer__deleted_at=None)

    def reached_by(self, user: User, permission: Permission) -> "FavourQuerySet":
        """Those taken back, too."""
        seen = Customer.objects.reached_by(user, permission)
        return self.filter(Exists(seen.filter(pk=OuterRef("customer_id"))))


class Favour(RecordModel):
    """A review or a referral that somebody of a customer was asked for, and what came of it."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="favours", db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="favours", db_index=False
    )
    kind = models.CharField(max_length=8)  # rules.FavourKind
    text = models.TextField()  # what they are written
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    mailed_at = models.DateTimeField(null=True)  # null: somebody asks them by hand
    task = models.ForeignKey(Task, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=8, blank=True)  # rules.FavourOutcome; "": not known yet
    closed_at = models.DateTimeField(null=True)
    referred = models.ForeignKey(  # whom they named
        Person, null=True, on_delete=models.PROTECT, related_name="favours_referring"
    )

    objects = FavourQuerySet.as_manager()

    class Meta:
        verbose_name = "customer favour"
        constraints = [
            models.CheckConstraint(
                name="favour_outcome_has_its_moment",
                condition=Q(outcome="", closed_at=None, referred=None)
                | Q(
                    outcome__in=[FavourOutcome.REVIEWED.value, FavourOutcome.DECLINED.value],
                    closed_at__isnull=False,
                    referred=None,
                )
                | Q(
                    outcome=FavourOutcome.REFERRED.value,
                    kind=FavourKind.REFERRAL.value,
                    closed_at__isnull=False,
                    referred__isnull=False,
                ),
            )
        ]
        indexes = [
            models.Index(fields=["customer", "asked_at"], name="favour_of_customer"),
            models.Index(fields=["person", "asked_at"], name="favour_of_person"),
            models.Index(fields=["asked_at", "id"], name="favour_by_asking"),
        ]

    def __str__(self) -> str:
        return f"{self.kind.capitalize()}: {self.person}"

    def get_absolute_url(self) -> str:
        return f"{self.customer.get_absolute_url()}#favours"
