from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.visibility import within
from baton.core.addresses import address
from baton.core.keys import LIVING, RecordModel
from baton.core.search.fields import Words, WordsField, record_of
from baton.records.people import permissions


class CompanyQuerySet(QuerySet["Company"]):
    def living(self) -> "CompanyQuerySet":
        return self.filter(deleted_at=None)

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_COMPANIES
    ) -> "CompanyQuerySet":
        """Living ones: what lies in the trash is seen by nobody until it is restored."""
        return self.living().reached_by(user, permission)

    def reached_by(self, user: User, permission: Permission) -> "CompanyQuerySet":
        """Those in the trash, too."""
        return self.filter(within(user, permission, shared_as="company", unowned=True))


class Company(RecordModel):
    name = models.CharField(max_length=250)
    sort_key = models.CharField(max_length=250)  # casefolded name, written with it
    industry = models.CharField(max_length=120, blank=True)
    employee_count = models.PositiveIntegerField(null=True, blank=True)
    annual_revenue = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    revenue_currency = models.CharField(max_length=3, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="companies"
    )
    custom = models.JSONField(default=dict, blank=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="company_by_name"),
            models.Index(fields=["owner", "sort_key", "id"], name="company_by_owner"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("people:company", self.key)


class CompanyDomain(models.Model):
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


class PersonQuerySet(QuerySet["Person"]):
    def living(self) -> "PersonQuerySet":
        return self.filter(deleted_at=None)

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_PEOPLE
    ) -> "PersonQuerySet":
        """Living ones: what lies in the trash is seen by nobody until it is restored."""
        return self.living().reached_by(user, permission)

    def reached_by(self, user: User, permission: Permission) -> "PersonQuerySet":
        """Those in the trash, too."""
        return self.filter(within(user, permission, shared_as="person"))


class Person(RecordModel):
    """One human being. A mail address is not required; names may be empty, a name shown is not."""

    first_name = models.CharField(max_length=120, blank=True)
    last_name = models.CharField(max_length=120, blank=True)
    full_name = models.CharField(max_length=250)  # what screens show
    sort_key = models.CharField(max_length=250)  # casefolded "last first", written with the name
    job_title = models.CharField(max_length=160, blank=True)
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    language = models.CharField(max_length=12, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    custom = models.JSONField(default=dict, blank=True)

    # How the relation began; set once.
    origin = models.CharField(max_length=12)  # rules.Origin: marketing, sales, partner, customer
    channel = models.CharField(max_length=40, blank=True)  # original source
    campaign = models.CharField(max_length=120, blank=True)  # its campaign's code
    landing_page = models.CharField(max_length=250, blank=True)
    said_source = models.CharField(max_length=250, blank=True)  # "How did you hear about us?"

    # Shown values: truth lives in other modules, written only through actions.show().
    stage = models.CharField(max_length=20, default="lead")  # lifecycle
    stage_at = models.DateTimeField(null=True)
    lead_at = models.DateTimeField(null=True)  # when they first became a lead
    mql_channel = models.CharField(max_length=40, blank=True)  # the source that made the MQL
    mql_campaign = models.CharField(max_length=120, blank=True)
    fit = models.SmallIntegerField(default=0)  # scoring
    engagement = models.SmallIntegerField(default=0)  # scoring, as of its latest change
    score = models.SmallIntegerField(default=0)  # fit + engagement, as of the same
    persona = models.CharField(max_length=80, blank=True)  # audience: the persona's name
    latest_touch = models.CharField(max_length=80, blank=True)  # timeline: name of the fact
    latest_touch_at = models.DateTimeField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="person_has_a_name", condition=~Q(full_name=""))]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            models.Index(fields=["owner", "sort_key", "id"], name="person_by_owner"),
            models.Index(fields=["latest_touch_at", "id"], name="person_by_touch"),
            models.Index(fields=["score", "id"], name="person_by_score"),
            models.Index(fields=["stage", "id"], name="person_by_stage"),
            models.Index(fields=["lead_at", "id"], name="person_by_lead"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return address("people:person", self.key)


class EmailAddress(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="emails")
    address = models.CharField(max_length=254)  # as written
    normalised = models.CharField(max_length=254)  # by it two are compared
    is_mixed = models.BooleanField(default=False)  # letters of several scripts: may be a disguise
    is_primary = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True)  # in the trash with its person

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["normalised"], condition=Q(**LIVING), name="email_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_primary=True), name="one_primary_email"
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Phone(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=60)  # as written
    e164 = models.CharField(max_length=20, blank=True)  # empty where it cannot be read
    country = models.CharField(max_length=2, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="phone_once_a_person"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_primary=True), name="one_primary_phone"
            ),
        ]
        indexes = [models.Index(fields=["e164"], name="phone_by_number")]

    def __str__(self) -> str:
        return self.number


class PersonExternalId(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="person_external_id_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"


class Consent(models.Model):
    """What an address allowed for a purpose; append-only, the latest by ``at`` holds.

    Whoever sends a form may type anybody's address: its yes is UNCONFIRMED, and holds only where
    nothing else was said.
    """

    UNCONFIRMED: ClassVar[str] = "unconfirmed"  # a basis

    doubtful: "Consent | None" = None  # what a form said since, see queries.consents_of

    email = models.CharField(max_length=254)  # normalised
    purpose = models.CharField(max_length=40)  # newsletter, tracking, one-to-one ...
    is_given = models.BooleanField()
    basis = models.CharField(max_length=40)  # consent, contract, legitimate interest
    source = models.CharField(max_length=120)  # which form, import or person
    wording = models.TextField(blank=True)  # the sentence that was agreed to
    ip = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["email", "purpose", "-at"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.is_given}"


class Identity(models.Model):
    """Who an id of the fact log is now. Merging changes only this table; readers join it."""

    old_id = models.PositiveBigIntegerField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_ids")

    def __str__(self) -> str:
        return f"{self.old_id} is {self.person_id}"


class PersonWords(Words):
    """Of the name, all addresses and the company's name: see ``searched``."""

    person = record_of(Person)
    words = WordsField(db_column="people_personwords")

    class Meta(Words.Meta):
        db_table = "people_personwords"


class CompanyWords(Words):
    """Of the name and all domains."""

    company = record_of(Company)
    words = WordsField(db_column="people_companywords")

    class Meta(Words.Meta):
        db_table = "people_companywords"
