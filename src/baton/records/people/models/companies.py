from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.access.visibility import within
from baton.core.addresses import address
from baton.core.keys import LIVING, RecordModel
from baton.core.limits import Columns, Masked
from baton.records.people import permissions
from baton.records.people.models.tags import Tag


class CompanyQuerySet(GuardedQuerySet["Company"]):
    viewed_with = permissions.VIEW_COMPANIES

    def reached_by(self, user: User, permission: Permission) -> "CompanyQuerySet":
        """Those in the trash, too."""
        return self.filter(within(user, permission, shared_as="company", unowned=True))


class Company(Masked, RecordModel):
    masked_as = "company"
    lists = frozenset({"tags"})
    covers: ClassVar[Columns] = {
        "phone": ("phone", "phone_e164"),
        "annual_revenue": ("annual_revenue", "revenue_currency"),
    }

    name = models.CharField(max_length=250)
    sort_key = models.CharField(max_length=250)  # casefolded name, written with it
    industry = models.CharField(max_length=120, blank=True)
    employee_count = models.PositiveIntegerField(null=True, blank=True)
    annual_revenue = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    revenue_currency = models.CharField(max_length=3, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    phone_e164 = models.CharField(max_length=20, blank=True)  # written with the phone
    linkedin = models.CharField(max_length=250, blank=True)
    x = models.CharField(max_length=60, blank=True)
    website = models.CharField(max_length=250, blank=True)
    territory = models.CharField(max_length=80, blank=True)
    street = models.CharField(max_length=250, blank=True)  # in lines
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=80, blank=True)
    # How far it is: written by lifecycle, unless somebody gave a reason to have it otherwise.
    stage = models.CharField(max_length=20, blank=True)
    stage_at = models.DateTimeField(null=True, blank=True)
    stage_reason = models.CharField(max_length=250, blank=True)
    # Shown values, written by scoring through actions.show_company_scores().
    score = models.SmallIntegerField(default=0)
    grade = models.CharField(max_length=2, blank=True)  # empty: no model is about companies
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="companies",
        db_index=False,
    )
    custom = models.JSONField(default=dict, blank=True)
    tags = models.ManyToManyField(Tag, through="people.CompanyTag", related_name="companies")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="company_by_name"),
            # By these a board counts its columns, and reads their first cards in the list's order.
            models.Index(fields=["owner", "deleted_at", "sort_key", "id"], name="company_by_owner"),
            models.Index(fields=["stage", "deleted_at", "sort_key", "id"], name="company_by_stage"),
            models.Index(fields=["employee_count", "id"], name="company_by_size"),
            models.Index(fields=["territory", "id"], name="company_by_territory"),
            models.Index(fields=["score", "id", "deleted_at"], name="company_by_score"),
            models.Index(fields=["grade", "id"], name="company_by_grade"),
            models.Index(
                fields=["parent", "sort_key", "id"],
                name="company_within",
                condition=Q(parent__isnull=False),
            ),
            models.Index(
                fields=["linkedin"], name="company_by_linkedin", condition=~Q(linkedin="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def places(self) -> list[tuple[str, str]]:
        """Where it stands on the web: what the place is called, and its address."""
        known = (("LinkedIn", self.linkedin), ("X", self.x), (_("Website"), self.website))
        return [(str(label), url) for label, url in known if url]

    def get_absolute_url(self) -> str:
        return address("people:company", self.key)


class CompanyDomain(Masked, models.Model):
    masked_as = "company"
    covers: ClassVar[Columns] = {"domains": ("domain",)}

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253)  # lower case, without www
    deleted_at = models.DateTimeField(null=True)  # in the trash with its company

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["domain"], condition=Q(**LIVING), name="domain_once")
        ]

    def __str__(self) -> str:
        return self.domain


class CompanyExternalId(models.Model):
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="company_external_id_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"
