from datetime import datetime

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import CommonQuerySet
from baton.core.access.roles import Scope
from baton.core.addresses import address
from baton.core.keys import LIVING, KeyedModel, RecordModel
from baton.core.limits import hidden
from baton.core.settings.models import Brand
from baton.marketing.capture import permissions
from baton.marketing.capture.rules.blocks import Block, read_block
from baton.marketing.capture.rules.channels import Source
from baton.marketing.capture.rules.fields import FormField, read_field
from baton.records.people.models import Person
from baton.records.people.permissions import VIEW_PEOPLE


class FormQuerySet(CommonQuerySet["Form"]):
    viewed_with = permissions.VIEW_PAGES


class Form(RecordModel):
    """Questions for a stranger. Whether it raises a hand is said by the agreement, not here."""

    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=120)  # casefolded name, written with it
    code = models.SlugField(max_length=60)  # the agreement and imports name it
    fields = models.JSONField(default=list)  # see rules.FormField
    button = models.CharField(max_length=60)
    thanks = models.TextField()  # shown after sending
    note = models.TextField(blank=True)  # small print beside the button
    consent_wording = models.TextField(blank=True)  # what ticking a consent field agrees to

    objects = FormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(**LIVING), name="form_code_once")
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="form_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("capture:form", self.key)

    def questions(self) -> list[FormField]:
        """Its fields, read."""
        return [read_field(raw) for raw in self.fields]


class PageQuerySet(CommonQuerySet["Page"]):
    viewed_with = permissions.VIEW_PAGES

    def published(self) -> "PageQuerySet":
        return self.living().filter(published_at__isnull=False)


class Page(RecordModel):
    """A hosted page at /p/<slug>: blocks as JSON, rendered by the server, public."""

    title = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=160)  # casefolded title, written with it
    slug = models.SlugField(max_length=80)
    brand = models.ForeignKey(Brand, null=True, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, null=True, on_delete=models.PROTECT, related_name="pages")
    blocks = models.JSONField(default=list)  # see rules.Block
    description = models.CharField(max_length=250, blank=True)  # the lead, and for search engines
    published_at = models.DateTimeField(null=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=Q(**LIVING), name="page_slug_once")
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="page_by_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("capture:page", self.key)

    def public_path(self) -> str:
        """Where strangers see it."""
        return reverse("capture:public-page", args=[self.slug])

    def pieces(self) -> list[Block]:
        """Its blocks, read."""
        return [read_block(raw) for raw in self.blocks]


class Visitor(KeyedModel):
    """A browser that allowed us to remember it: the key is in its cookie."""

    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="visitors"
    )
    known_at = models.DateTimeField(null=True)  # when it became a person
    consented_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class VisitQuerySet(QuerySet["Visit"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_PAGES
    ) -> "VisitQuerySet":
        """Nobody's visits for whoever sees pages; a person's for whoever sees the person."""
        if not user.may(permission):
            return self.none()
        if user.scope(VIEW_PEOPLE) is Scope.ALL:  # all but the few whose person is in the trash
            return self.exclude(person__in=Person.objects.exclude(deleted_at=None))
        return self.filter(Q(person=None) | Q(person__in=Person.objects.visible_to(user)))

    def counted(self) -> "VisitQuerySet":
        """Without those from our own networks and by our own machines."""
        return self.filter(internal="")

    def internal(self) -> "VisitQuerySet":
        return self.exclude(internal="")

    def untold(self, *, quiet_since: datetime) -> "VisitQuerySet":
        """Over, of somebody we know, and not yet a fact."""
        return self.filter(told_at=None, person__isnull=False, ended_at__lt=quiet_since)


class Visit(KeyedModel):
    """A run of hits with less than 30 minutes between them, and where it came from."""

    visitor = models.ForeignKey(
        Visitor, on_delete=models.CASCADE, related_name="visits", db_index=False
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="visits", db_index=False
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    hit_count = models.PositiveIntegerField(default=0)
    channel = models.CharField(max_length=40)  # rules.Channel
    source = models.CharField(max_length=120, blank=True)
    medium = models.CharField(max_length=120, blank=True)
    campaign = models.CharField(max_length=120, blank=True)
    referrer = models.CharField(max_length=500, blank=True)
    landing_page = models.CharField(max_length=250, blank=True)
    internal = models.CharField(max_length=20, blank=True)  # rules.Internal: it does not count
    told_at = models.DateTimeField(null=True)  # when visit.made was published

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["started_at", "id"], name="visit_by_start"),
            models.Index(fields=["visitor", "-started_at"], name="visit_of_visitor"),
            models.Index(fields=["started_at"], condition=~Q(internal=""), name="visit_internal"),
            models.Index(fields=["person", "-started_at"], name="visit_of_person"),
            models.Index(
                fields=["ended_at"],
                condition=Q(told_at=None, person__isnull=False),
                name="visit_untold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.landing_page}"

    def origin(self) -> Source:
        """Where it came from."""
        return Source(
            channel=self.channel,
            source=self.source,
            medium=self.medium,
            campaign=self.campaign,
            referrer=self.referrer,
            landing_page=self.landing_page,
        )


class Hit(models.Model):
    """One page seen. Its id comes from the spool line, so that a line read twice counts once."""

    spool_id = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="hits", db_index=False)
    page = models.ForeignKey(
        Page, null=True, on_delete=models.SET_NULL, related_name="hits", db_index=False
    )
    path = models.CharField(max_length=500)
    title = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["visit", "at"], name="hit_of_visit"),
            models.Index(fields=["page", "visit"], name="hit_of_page"),
        ]

    def __str__(self) -> str:
        return self.path


class SubmissionQuerySet(QuerySet["Submission"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_PAGES
    ) -> "SubmissionQuerySet":
        """Those of people whom the user may see: answers are personal."""
        if not user.may(permission):
            return self.none()
        return self.filter(person__in=Person.objects.visible_to(user))


class Submission(KeyedModel):
    """One sent form. ``token`` is made with the page, so that a replay writes nothing."""

    form = models.ForeignKey(
        Form, on_delete=models.PROTECT, related_name="submissions", db_index=False
    )
    page = models.ForeignKey(
        Page, null=True, on_delete=models.PROTECT, related_name="submissions", db_index=False
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="submissions"
    )
    visit = models.ForeignKey(
        Visit, null=True, on_delete=models.SET_NULL, related_name="submissions"
    )
    token = models.UUIDField(unique=True)
    values = models.JSONField()  # only fields that the form has, cleaned
    channel = models.CharField(max_length=40, blank=True)  # of the visit in which it was sent
    campaign = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at", "id"], name="submission_by_time"),
            models.Index(fields=["form", "-at"], name="submission_of_form"),
            models.Index(fields=["page", "-at"], name="submission_of_page"),
            models.Index(fields=["page", "visit"], name="submission_of_visit"),
        ]

    def said(self) -> dict[str, str]:
        """Its answers, as far as whoever reads may see the fields that they fill; who is kept from
        any reads none of a question that the form has no more, for nothing says what it filled."""
        unseen = hidden("person")
        if not unseen:
            return dict(self.values)
        asked = {one.code: one.person_field() for one in self.form.questions()}
        return {
            code: value
            for code, value in self.values.items()
            if code in asked and asked[code] not in unseen
        }

    def __str__(self) -> str:
        return f"{self.form_id} {self.at}"


class Bucket(models.Model):
    """How many forms one address may still send; ``key`` is a keyed digest, never the address."""

    key = models.CharField(max_length=64, unique=True)
    tokens = models.FloatField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tokens} at {self.at}"
