from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef, Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.access.roles import Scope, Verb
from baton.core.access.visibility import within
from baton.core.addresses import address
from baton.core.keys import LIVING, RecordModel
from baton.qualification.handoff.models import Agreement
from baton.records.people.models import Company, Person
from baton.sales.customers import permissions
from baton.sales.customers.rules import Handover, Level
from baton.sales.deals.models import Deal


class FavourTerms(RecordModel):
    """How customers are asked for reviews and referrals: one row, made when somebody changes it."""

    review_url = models.URLField(max_length=500, blank=True)  # where customers write a review
    favour_months = models.PositiveSmallIntegerField(default=6)  # until the same is asked again

    class Meta:
        db_table = "customers_terms"
        verbose_name = "favour terms"
        constraints = [models.CheckConstraint(name="one_row_of_terms", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.review_url or str(self.favour_months)


class CustomerQuerySet(GuardedQuerySet["Customer"]):
    viewed_with = permissions.VIEW_CUSTOMERS

    def reached_by(self, user: User, permission: Permission) -> "CustomerQuerySet":
        """Those in the trash, too. Who sold to them sees how they are, and says to whom they go
        until somebody has taken them over."""
        reached = within(user, permission)
        if user.scope(permission) in {None, Scope.ALL}:  # nobody and everybody are no part of an or
            return self.filter(reached)
        if permission.verb is Verb.VIEW:
            reached |= Q(seller=user.pk)
        elif permission.verb is Verb.EDIT:
            reached |= Q(seller=user.pk, handover=Handover.WAITING)
        return self.filter(reached)

    def late(self, at: datetime) -> "CustomerQuerySet":
        """Whose running clock is over."""
        accept = Q(handover=Handover.WAITING, accept_due_at__lt=at)
        call = Q(handover=Handover.ACCEPTED, call_due_at__lt=at)
        return self.living().filter(accept | call)


class Customer(RecordModel):
    """A company that bought, or a person where there is no company."""

    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.PROTECT, related_name="customers"
    )
    person = models.ForeignKey(  # whom we talk to; without a company it is who bought
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="customers"
    )
    deal = models.ForeignKey(  # that made them a customer; what the brief tells of
        Deal, null=True, blank=True, on_delete=models.PROTECT, related_name="customers"
    )
    owner = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="customers_owned",
        db_index=False,
    )
    seller = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()  # when the deal was won
    # Under which version the handover began; null: before there was any, or nothing was handed over
    agreement = models.ForeignKey(
        Agreement, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    brief_due_at = models.DateTimeField(null=True)  # the seller's own word; null: not promised
    briefed_at = models.DateTimeField(null=True)  # when the note was first written
    value_due_on = models.DateField(null=True)  # the promised day of first value
    note = models.TextField(blank=True)  # the seller's, to the owner
    handover = models.CharField(max_length=8, default=Handover.NONE.value)  # rules.Handover
    offered_at = models.DateTimeField(null=True)  # null: nothing was handed over
    accept_due_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accept_late = models.BooleanField(default=False)
    call_due_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    call_late = models.BooleanField(default=False)
    first_value_on = models.DateField(null=True, blank=True)  # the day they first had use of it
    issue = models.CharField(max_length=250, blank=True)  # what stands between them and us
    issue_at = models.DateTimeField(null=True, blank=True)  # since when; null: none is open
    contract_ends_on = models.DateField(null=True, blank=True)
    contract_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    contract_currency = models.CharField(max_length=3, blank=True)
    renewal_step = models.CharField(max_length=250, blank=True)  # what is done next for it
    reminded = models.PositiveSmallIntegerField(null=True)  # the nearest mark that was told
    checkin_days = models.PositiveSmallIntegerField(null=True, blank=True)  # null: as agreed
    checkin_agreed_on = models.DateField(null=True, blank=True)  # until somebody spoke with them
    checkin_on = models.DateField(null=True)  # the day of the next one, shown; null: none is owed
    # The rhythm of the next one, as it stood when the latest word began it: who changes the table
    # of rhythms changes those that begin later.
    rhythm_since = models.DateTimeField(null=True)  # that word; null: none began yet
    rhythm_rule = models.CharField(max_length=80, blank=True)  # its name; "": everybody else's
    rhythm_well = models.PositiveSmallIntegerField(null=True)
    rhythm_watch = models.PositiveSmallIntegerField(null=True)
    rhythm_risk = models.PositiveSmallIntegerField(null=True)
    checkin_told_at = models.DateTimeField(null=True)  # that it is overdue, the latest time
    again_told_at = models.DateTimeField(null=True)  # that it is time to sell to them again
    churned_on = models.DateField(null=True, blank=True)  # null: they are a customer
    churn_reason = models.CharField(max_length=12, blank=True)  # rules.ChurnReason
    contacted_at = models.DateTimeField(null=True)  # the latest talk or mail, shown
    health = models.CharField(max_length=8, default=Level.GREEN.value)  # rules.Level, shown
    reasons = models.CharField(max_length=250, blank=True)  # rules.Health.written

    objects = CustomerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="customer_is_somebody",
                condition=Q(company__isnull=False) | Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["company"], condition=Q(**LIVING), name="company_is_customer_once"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(company=None, **LIVING),
                name="person_is_customer_once",
            ),
        ]
        indexes = [
            models.Index(fields=["started_at", "id"], name="customer_by_start"),
            models.Index(fields=["owner", "handover"], name="customer_of_owner"),
            models.Index(
                fields=["offered_at"],
                condition=Q(offered_at__isnull=False),
                name="customer_by_handover",
            ),
            models.Index(
                fields=["value_due_on"],
                condition=Q(value_due_on__isnull=False),
                name="customer_by_value_due",
            ),
            models.Index(fields=["contract_ends_on", "id"], name="customer_by_end"),
            models.Index(fields=["health", "id"], name="customer_by_health"),
            models.Index(fields=["contacted_at", "id"], name="customer_by_contact"),
            models.Index(fields=["first_value_on", "id"], name="customer_by_value"),
            models.Index(fields=["checkin_on", "id"], name="customer_by_checkin"),
            models.Index(
                fields=["accept_due_at"],
                condition=Q(handover="waiting"),
                name="customer_accept_clock",
            ),
            models.Index(
                fields=["call_due_at"], condition=Q(handover="accepted"), name="customer_call_clock"
            ),
        ]

    def __str__(self) -> str:
        return str(self.company or self.person)

    def get_absolute_url(self) -> str:
        return address("customers:customer", self.key)

    @property
    def amount(self) -> Decimal | None:
        """Of the contract, as lists of money ask for it."""
        return self.contract_amount

    @property
    def currency(self) -> str:
        return self.contract_currency

    @property
    def due_at(self) -> datetime | None:
        """Until when the promise that runs now is to be kept."""
        if self.handover == Handover.WAITING:
            return self.accept_due_at
        return self.call_due_at if self.handover == Handover.ACCEPTED else None


class TemplateStep(RecordModel):
    """A step of the plan that new customers get."""

    name = models.CharField(max_length=160)
    whose = models.CharField(max_length=8)  # rules.Whose
    days = models.PositiveSmallIntegerField()  # working days after the start

    class Meta:
        verbose_name = "customer template step"

    def __str__(self) -> str:
        return self.name


class StepQuerySet(GuardedQuerySet["Step"]):
    viewed_with = permissions.VIEW_CUSTOMERS

    def living(self) -> "StepQuerySet":
        return self.filter(deleted_at=None, customer__deleted_at=None)

    def reached_by(self, user: User, permission: Permission) -> "StepQuerySet":
        """Those in the trash, too."""
        seen = Customer.objects.reached_by(user, permission)
        return self.filter(Exists(seen.filter(pk=OuterRef("customer_id"))))

    def late(self, today: date) -> "StepQuerySet":
        return self.living().filter(done_at=None, due_on__lt=today)


class Step(RecordModel):
    """One step of one customer's onboarding."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="steps", db_index=False
    )
    name = models.CharField(max_length=160)
    whose = models.CharField(max_length=8)  # rules.Whose
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "customer step"
        indexes = [
            models.Index(fields=["customer", "due_on"], name="step_of_customer"),
            models.Index(fields=["due_on", "id"], condition=Q(done_at=None), name="step_due"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.customer.get_absolute_url()}#steps"
