from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.querysets import CommonQuerySet
from baton.core.addresses import address
from baton.core.keys import RecordModel, new_key
from baton.qualification.scoring import permissions
from baton.qualification.scoring.rules.grading import ENGAGEMENT_BANDS, FIT_BANDS, Bands
from baton.qualification.scoring.rules.models import About, State
from baton.records.audience.models import Persona
from baton.records.people.models import Person
from baton.records.purchases.models import Product


def usual_fit_bands() -> list[int]:
    return list(FIT_BANDS)


def usual_engagement_bands() -> list[int]:
    return list(ENGAGEMENT_BANDS)


class ScoreModelQuerySet(CommonQuerySet["ScoreModel"]):
    viewed_with = permissions.VIEW_SCORES

    def live(self, about: str) -> "ScoreModelQuerySet":
        """Those that give points now, the main one first."""
        return self.filter(state=State.LIVE, about=about).order_by("-is_main", "pk")


class ScoreModel(RecordModel):
    """A way to give points, and the bands that make a grade of them.

    Versions share a ``line``; one of them is live. The main model about people gives the score that
    the agreement asks, and that lists show.
    """

    name = models.CharField(max_length=120)
    about = models.CharField(max_length=12)  # rules.models.About: person, company, deal
    persona = models.ForeignKey(
        Persona, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # only who is one is scored
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # what it tells how near somebody is to
    state = models.CharField(max_length=12)  # rules.models.State: draft, live, retired
    is_main = models.BooleanField(default=False)
    line = models.UUIDField(default=new_key)
    edition = models.PositiveSmallIntegerField(default=1)  # of its line
    fit_bands = models.JSONField(default=usual_fit_bands)  # least points of A, B, C
    engagement_bands = models.JSONField(default=usual_engagement_bands)  # of 1, 2, 3
    # About companies: what their people's scores give. rules.models.People
    people_how = models.CharField(max_length=8, blank=True)
    people_top = models.PositiveSmallIntegerField(default=3)
    people_cap = models.PositiveSmallIntegerField(null=True)
    live_since = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=250, blank=True)  # why it was put to use

    objects = ScoreModelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(state=State.LIVE.value), name="score_line_live_once"
            ),
            models.UniqueConstraint(fields=["line", "edition"], name="score_edition_once"),
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(state=State.LIVE.value, is_main=True),
                name="score_main_once",
            ),
            # Companies and deals show one score, not several side by side.
            models.CheckConstraint(
                name="score_beside_is_of_people",
                condition=Q(about=About.PERSON.value) | Q(is_main=True),
            ),
            models.CheckConstraint(
                name="score_live_is_there",
                condition=~Q(state=State.LIVE.value) | Q(deleted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("scoring:model", self.key)

    @property
    def bands(self) -> Bands:
        return Bands(fit=tuple(self.fit_bands), engagement=tuple(self.engagement_bands))


class Standing(models.Model):
    """What a model beside the main one says of somebody; what the main one says, the person has."""

    model = models.ForeignKey(
        ScoreModel, on_delete=models.CASCADE, related_name="standings", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standings")
    fit = models.SmallIntegerField()
    engagement = models.SmallIntegerField()
    score = models.SmallIntegerField()
    grade = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "person"], name="score_standing_once")
        ]
        indexes = [models.Index(fields=["model", "grade"], name="score_standing_grade")]

    def __str__(self) -> str:
        return f"{self.model_id}: {self.grade}"
