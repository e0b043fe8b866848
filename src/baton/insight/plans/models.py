from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.querysets import CommonQuerySet
from baton.core.addresses import address
from baton.core.keys import RecordModel
from baton.insight.plans.permissions import VIEW_PLANS
from baton.insight.plans.rules import Terms, digest_of, read_terms
from baton.qualification.handoff.rules import Side


class PlanQuerySet(CommonQuerySet["Plan"]):
    viewed_with = VIEW_PLANS

    def signed(self) -> "PlanQuerySet":
        return self.filter(valid_from__isnull=False, deleted_at=None)


class Plan(RecordModel):
    """An edition of a quarter's plan; once both have signed it never changes again."""

    starts_on = models.DateField()  # the first day of the quarter
    edition = models.PositiveIntegerField()
    terms = models.JSONField()  # rules.Terms: what is signed, as a whole
    signed_for_marketing_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_for_marketing_at = models.DateTimeField(null=True)
    signed_for_sales_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_for_sales_at = models.DateTimeField(null=True)
    valid_from = models.DateTimeField(null=True)  # set by the second signature

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["starts_on", "edition"], name="plan_edition_once"),
            models.CheckConstraint(
                name="plan_valid_once_both_signed",
                condition=Q(valid_from=None)
                | Q(signed_for_marketing_at__isnull=False, signed_for_sales_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_in_force_stays", condition=Q(valid_from=None) | Q(deleted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.starts_on} v{self.edition}"

    def get_absolute_url(self) -> str:
        return address("plans:plan", self.key)

    def said(self) -> Terms:
        return read_terms(self.terms)

    def digest(self) -> str:
        return digest_of(self.edition, self.terms)

    def signed_sides(self) -> list[Side]:
        signed = {
            Side.MARKETING: self.signed_for_marketing_at,
            Side.SALES: self.signed_for_sales_at,
        }
        return [side for side, at in signed.items() if at]
