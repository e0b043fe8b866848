"""A draft tried on the past, and what it would have said of whom."""

from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.addresses import address
from baton.core.keys import KeyedModel
from baton.qualification.scoring import permissions
from baton.qualification.scoring.models.scored import ScoreModel
from baton.qualification.scoring.rules.trials import TrialState
from baton.records.people.models import Person


class ScoreTrialQuerySet(QuerySet["ScoreTrial"]):
    def running(self) -> "ScoreTrialQuerySet":
        return self.filter(state=TrialState.RUNNING)

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_SCORES
    ) -> "ScoreTrialQuerySet":
        """As models: who may see one sees all. Whose people are counted is asked of each figure."""
        return self.all() if user.may(permission) else self.none()


class ScoreTrial(KeyedModel):
    """A replay of the log by a draft and by the version in use. It changes nobody's score.

    ``draft`` and ``used`` are the rules and bands as they were then: so a replay that goes on
    after a kill goes by the same ones, and a later edit is noticed.
    """

    model = models.ForeignKey(ScoreModel, on_delete=models.CASCADE, related_name="trials")
    state = models.CharField(
        max_length=10, default=TrialState.RUNNING.value
    )  # rules.trials.TrialState
    since = models.DateTimeField()
    until = models.DateTimeField()
    upto = models.PositiveBigIntegerField()  # the last place in the log that is read
    threshold = models.PositiveSmallIntegerField(null=True)  # whoever passes it is handed off
    draft = models.JSONField()
    used = models.JSONField(null=True)  # null: no version was in use
    asked_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    # How far it is: kept with the rows of each bite.
    cursor = models.PositiveBigIntegerField(default=0)  # the last person who was followed
    people_done = models.PositiveIntegerField(default=0)
    facts_done = models.PositiveBigIntegerField(default=0)
    facts_total = models.PositiveBigIntegerField(null=True)  # null: not counted yet
    seconds = models.FloatField(default=0)  # of work, without the waiting in between
    resumes = models.PositiveSmallIntegerField(default=0)  # in a row, without getting on
    ended_at = models.DateTimeField(null=True)

    objects = ScoreTrialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["model"],
                condition=Q(state=TrialState.RUNNING.value),
                name="score_trial_runs_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.model_id}: {self.since:%Y-%m-%d} to {self.until:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return address("scoring:trial", self.key)

    @property
    def is_running(self) -> bool:
        return self.state == TrialState.RUNNING


class TrialPersonQuerySet(QuerySet["TrialPerson"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_SCORES
    ) -> "TrialPersonQuerySet":
        """Those whose person one sees."""
        if not user.may(permission):
            return self.none()
        return self.filter(person__in=Person.objects.visible_to(user))


class TrialPerson(models.Model):
    """What both versions say of one person. Who has no points by either has no row.

    ``*_start`` is the score at the beginning of the span, ``*_peak`` the highest that a fact lifted
    it to, ``*_at`` when it passed the threshold.
    """

    trial = models.ForeignKey(
        ScoreTrial, on_delete=models.CASCADE, related_name="people", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    is_waiting = models.BooleanField()  # could be handed off by a score when the span began
    used_score = models.SmallIntegerField()
    used_grade = models.CharField(max_length=2)
    used_start = models.SmallIntegerField()
    used_peak = models.SmallIntegerField()
    used_at = models.DateTimeField(null=True)
    draft_score = models.SmallIntegerField()
    draft_grade = models.CharField(max_length=2)
    draft_start = models.SmallIntegerField()
    draft_peak = models.SmallIntegerField()
    draft_at = models.DateTimeField(null=True)

    objects = TrialPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trial", "person"], name="score_trial_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.used_grade} to {self.draft_grade}"
