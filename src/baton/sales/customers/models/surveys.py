from datetime import datetime

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
from baton.sales.customers.rules import LOW, OPEN_FOR, TOP, State, SurveyKind, state_of


class SurveyQuerySet(GuardedQuerySet["Survey"]):
    viewed_with = permissions.VIEW_CUSTOMERS

    def living(self) -> "SurveyQuerySet":
        return self.filter(deleted_at=None, customer__deleted_at=None)

    def reached_by(self, user: User, permission: Permission) -> "SurveyQuerySet":
        """Those taken back, too."""
        seen = Customer.objects.reached_by(user, permission)
        return self.filter(Exists(seen.filter(pk=OuterRef("customer_id"))))

    def open(self, at: datetime) -> "SurveyQuerySet":
        """Asked, not answered, and still to be answered."""
        return self.living().filter(answered_at=None, asked_at__gt=at - OPEN_FOR)


class Survey(RecordModel):
    """One question to one person, and what they answered."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="surveys", db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="surveys", db_index=False
    )
    kind = models.CharField(max_length=4)  # rules.SurveyKind
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    mailed_at = models.DateTimeField(null=True)  # null: the link was handed over otherwise
    answered_at = models.DateTimeField(null=True)  # the first time
    score = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    task = models.ForeignKey(  # what the owner owes somebody who is not content
        Task, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answers = models.PositiveSmallIntegerField(default=0)  # how often it was answered anew

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "customer survey"
        constraints = [
            models.CheckConstraint(
                name="survey_score_fits_its_kind",
                condition=Q(answered_at=None, score=None)
                | Q(
                    kind=SurveyKind.NPS.value,
                    answered_at__isnull=False,
                    score__range=(LOW[SurveyKind.NPS], TOP[SurveyKind.NPS]),
                )
                | Q(
                    kind=SurveyKind.CSAT.value,
                    answered_at__isnull=False,
                    score__range=(LOW[SurveyKind.CSAT], TOP[SurveyKind.CSAT]),
                ),
            )
        ]
        indexes = [
            models.Index(fields=["customer", "asked_at"], name="survey_of_customer"),
            models.Index(fields=["asked_at", "id"], name="survey_by_asking"),
            models.Index(fields=["answered_at", "id"], name="survey_by_answer"),
            models.Index(fields=["score", "id"], name="survey_by_score"),
            models.Index(fields=["person", "kind", "answered_at"], name="survey_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind.upper()}: {self.person}"

    def get_absolute_url(self) -> str:
        return f"{self.customer.get_absolute_url()}#surveys"

    def state(self, at: datetime) -> State:
        """Whether it can be answered, or changed, now."""
        return state_of(
            asked_at=self.asked_at,
            answered_at=self.answered_at,
            is_gone=self.deleted_at is not None or self.customer.deleted_at is not None,
            at=at,
        )
