from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.querysets import CommonQuerySet
from baton.core.addresses import address
from baton.core.keys import RecordModel
from baton.insight.improvements.permissions import VIEW_IMPROVEMENTS
from baton.insight.improvements.rules import LENGTHS, Way
from baton.insight.reviews.models import Point


class ImprovementQuerySet(CommonQuerySet["Improvement"]):
    viewed_with = VIEW_IMPROVEMENTS


class Improvement(RecordModel):
    """What is done otherwise from a day on, and the company's figure that should move by it."""

    title = models.CharField(max_length=160)
    note = models.CharField(max_length=500, blank=True)
    figure = models.CharField(max_length=40)  # goals' queries.figures: its name
    way = models.CharField(max_length=4)  # rules.Way
    starts_on = models.DateField()
    days = models.PositiveSmallIntegerField()  # compared on each side
    owner = models.ForeignKey(  # who answers for it
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.ForeignKey(  # of a review, from which it comes
        Point, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="improvement_goes_up_or_down",
                condition=Q(way__in=[Way.UP.value, Way.DOWN.value]),
            ),
            models.CheckConstraint(
                name="improvement_compares_whole_weeks", condition=Q(days__in=LENGTHS)
            ),
        ]
        indexes = [models.Index(fields=["figure", "starts_on"], name="improvement_of_figure")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("improvements:improvement", self.key)
