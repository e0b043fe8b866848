from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.keys import LIVING, KeyedModel, RecordModel
from baton.core.settings.models import Brand
from baton.marketing.capture import permissions
from baton.records.people.models import Person


class FormQuerySet(QuerySet["Form"]):
    def living(self) -> "FormQuerySet":
        return self.filter(deleted_at=None)

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_PAGES
    ) -> "FormQuerySet":
        return self.all() if user.may(permission) else self.none()


class Form(RecordModel):
    """Questions for a stranger. Whether it raises a hand is said by the agreement, not here."""

    name = models.CharField(max_length=120)
    code = models.SlugField(max_length=60)  # the agreement and imports name it
    fields = models.JSONField(default=list)  # see rules.FormField
    button = models.CharField(max_length=60)
    thanks = models.TextField()  # shown after sending
    note = models.TextField(blank=True)  # small print beside the button
    consent_wording = models.TextField(blank=True)  # beside the newsletter box; empty = no box

    objects = FormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(**LIVING), name="form_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class PageQuerySet(QuerySet["Page"]):
    def published(self) -> "PageQuerySet":
        return self.filter(published_at__isnull=False, deleted_at=None)

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_PAGES
    ) -> "PageQuerySet":
        return self.all() if user.may(permission) else self.none()


class Page(RecordModel):
    """A hosted page at /p/<slug>: blocks as JSON, rendered by the server, public."""

    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    brand = models.ForeignKey(Brand, null=True, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, null=True, on_delete=models.PROTECT, related_name="pages")
    blocks = models.JSONField(default=list)  # see rules.Block
    description = models.CharField(max_length=250, blank=True)
    published_at = models.DateTimeField(null=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=Q(**LIVING), name="page_slug_once")
        ]

    def __str__(self) -> str:
        return self.title


class Visitor(KeyedModel):
    """A browser that allowed us to remember it: the key is in its cookie."""

    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="visitors"
    )
    known_at = models.DateTimeField(null=True)  # when it became a person
    consented_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class Visit(KeyedModel):
    """A run of hits with less than 30 minutes between them, and where it came from."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="visits")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    hit_count = models.PositiveIntegerField(default=0)
    channel = models.CharField(max_length=40)  # rules.channel_of
    source = models.CharField(max_length=120, blank=True)
    medium = models.CharField(max_length=120, blank=True)
    campaign = models.CharField(max_length=120, blank=True)
    referrer = models.CharField(max_length=500, blank=True)
    landing_page = models.CharField(max_length=250, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["visitor", "-started_at"], name="visit_of_visitor"),
            models.Index(fields=["person", "-started_at"], name="visit_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.landing_page}"


class Hit(models.Model):
    """One page seen. Its id comes from the spool line, so that a line read twice counts once."""

    spool_id = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="hits")
    path = models.CharField(max_length=500)
    title = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["visit", "at"], name="hit_of_visit")]

    def __str__(self) -> str:
        return self.path


class Submission(KeyedModel):
    """One sent form. ``token`` is made with the page, so that a replay writes nothing."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="submissions")
    page = models.ForeignKey(Page, null=True, on_delete=models.PROTECT, related_name="submissions")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="submissions"
    )
    visit = models.ForeignKey(Visit, null=True, on_delete=models.SET_NULL, related_name="+")
    token = models.UUIDField(unique=True)
    values = models.JSONField()  # only fields that the form has, cleaned
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["form", "-at"], name="submission_of_form")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.at}"
