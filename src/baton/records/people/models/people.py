from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.access.visibility import within
from baton.core.addresses import address
from baton.core.keys import RecordModel
from baton.core.limits import Masked
from baton.records.people import permissions
from baton.records.people.models.companies import Company
from baton.records.people.models.tags import Tag

COLUMNS_OF_BOARDS = {
    "stage": "by_stage",
    "grade": "of_grade",
    "owner": "of_owner",
    "persona": "by_persona",
    "channel": "by_channel",
    "seniority": "by_seniority",
    "buying_role": "by_buying_role",
}


class PersonQuerySet(GuardedQuerySet["Person"]):
    viewed_with = permissions.VIEW_PEOPLE

    def reached_by(self, user: User, permission: Permission) -> "PersonQuerySet":
        """Those in the trash, too."""
        return self.filter(within(user, permission, shared_as="person"))


class Person(Masked, RecordModel):
    """One human being. A mail address is not required; names may be empty, a name shown is not."""

    masked_as = "person"
    lists = frozenset({"tags"})

    first_name = models.CharField(max_length=120, blank=True)
    last_name = models.CharField(max_length=120, blank=True)
    full_name = models.CharField(max_length=250)  # what screens show
    sort_key = models.CharField(max_length=250)  # casefolded "last first", written with the name
    job_title = models.CharField(max_length=160, blank=True)
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    seniority = models.CharField(max_length=20, blank=True)  # rules.Seniority
    buying_role = models.CharField(max_length=20, blank=True)  # rules.BuyingRole
    linkedin = models.CharField(max_length=250, blank=True)  # each written in one way: rules.links
    x = models.CharField(max_length=60, blank=True)
    website = models.CharField(max_length=250, blank=True)
    language = models.CharField(max_length=12, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
        db_index=False,
    )
    custom = models.JSONField(default=dict, blank=True)
    tags = models.ManyToManyField(Tag, through="people.PersonTag", related_name="people")

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
    grade = models.CharField(max_length=2, default="D4")  # scoring: A1 to D4
    persona = models.CharField(max_length=80, blank=True)  # audience: the persona's name
    latest_touch = models.CharField(max_length=80, blank=True)  # timeline: name of the fact
    latest_touch_at = models.DateTimeField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="person_has_a_name", condition=~Q(full_name=""))]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            models.Index(fields=["owner", "sort_key", "id"], name="person_by_owner"),
            # A page in the order of one of these asks the others of the index alone.
            models.Index(
                fields=["latest_touch_at", "id", "deleted_at", "score"], name="person_by_touch"
            ),
            models.Index(fields=["score", "id", "deleted_at"], name="person_by_score"),
            models.Index(fields=["grade", "id"], name="person_by_grade"),
            # By these a board counts its columns, and reads their first cards in the list's order.
            *(
                models.Index(
                    fields=[column, "deleted_at", "latest_touch_at", "id"], name=f"person_{named}"
                )
                for column, named in COLUMNS_OF_BOARDS.items()
            ),
            # Whose leads came when is counted from it alone.
            models.Index(
                fields=["lead_at", "id", "deleted_at", "owner", "latest_touch_at"],
                name="person_by_lead",
            ),
            models.Index(fields=["linkedin"], name="person_by_linkedin", condition=~Q(linkedin="")),
            models.Index(
                fields=["campaign", "deleted_at"],
                name="person_by_campaign",
                condition=~Q(campaign=""),
            ),
            models.Index(
                fields=["deleted_at"], name="person_in_trash", condition=~Q(deleted_at=None)
            ),
            models.Index(fields=["origin"], name="person_of_sales", condition=Q(origin="sales")),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def places(self) -> list[tuple[str, str]]:
        """Where it stands on the web: what the place is called, and its address."""
        known = (("LinkedIn", self.linkedin), ("X", self.x), (_("Website"), self.website))
        return [(str(label), url) for label, url in known if url]

    def get_absolute_url(self) -> str:
        return address("people:person", self.key)
