from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from baton.core.access.models import User
from baton.core.keys import LIVING, LivingQuerySet, RecordModel
from baton.core.saved.rules import LONGEST_NAME, LONGEST_STATE, Sharing


class SavedViewQuerySet(LivingQuerySet["SavedView"]):
    def own_of(self, user: User) -> "SavedViewQuerySet":
        """What this user may change; those in the trash, too."""
        return self.filter(owner=user)

    def visible_to(self, user: User) -> "SavedViewQuerySet":
        """One's own, what is open to everybody, and what colleagues of the team, or of a team one
        manages, open to theirs."""
        theirs = Q(owner__team__manager=user, owner__team__deleted_at=None)
        if user.team_id:
            theirs |= Q(owner__team=user.team_id)
        shared = Q(sharing=Sharing.ALL) | Q(sharing=Sharing.TEAM) & theirs
        return self.living().filter(Q(owner=user) | shared)

    def with_pins(self, user: User) -> "SavedViewQuerySet":
        """Each with ``is_pinned``: whether it stands in this user's sidebar; and where."""
        pins = Pin.objects.filter(view=OuterRef("pk"), user=user)
        return self.annotate(is_pinned=Exists(pins), pinned_as=Subquery(pins.values("position")))


class SavedView(RecordModel):
    """``state`` is the list's address behind "?", without cursors."""

    owner = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=40)  # of a ``SavedList``; it may be gone
    name = models.CharField(max_length=LONGEST_NAME)
    state = models.CharField(max_length=LONGEST_STATE, blank=True)
    sharing = models.CharField(max_length=10, default=Sharing.PRIVATE)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_name", "name"],
                condition=Q(**LIVING),
                name="view_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_for_team(self) -> bool:
        return self.sharing == Sharing.TEAM

    @property
    def is_for_all(self) -> bool:
        return self.sharing == Sharing.ALL


class Pin(models.Model):
    """A view in somebody's sidebar."""

    user = models.ForeignKey(
        "access.User", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="pins")
    position = models.PositiveSmallIntegerField(null=True)  # in the owner's order, if they gave one

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "view"], name="view_pinned_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.view_id}"
