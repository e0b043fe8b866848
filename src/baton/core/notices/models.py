from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from baton.core.access.models import Team, User
from baton.core.keys import KeyedModel
from baton.core.notices.rules import DIGEST_AT, State, Way


class NoticeQuerySet(QuerySet["Notice"]):
    def of(self, user: User) -> "NoticeQuerySet":
        """What lies in one's own inbox: nobody reads another's."""
        return self.told_to(user).filter(is_listed=True)

    def told_to(self, user: User) -> "NoticeQuerySet":
        """By whatever way."""
        return self.filter(user=user, is_folded=False)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None, done_at=None)


class Notice(KeyedModel):
    """One thing that one user is told. ``cause`` says once for ever why: a second one is none."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(max_length=40)  # name of a slots.NoticeKind
    cause = models.CharField(max_length=80)
    about_id = models.PositiveBigIntegerField(null=True)  # what the kind looks up to be shown
    what = models.CharField(max_length=250)  # its name then
    count = models.PositiveIntegerField(default=1)  # of many at once, told together
    is_folded = models.BooleanField(default=False)  # told by the one that counts it
    is_listed = models.BooleanField(default=True)  # in the inbox; some want it by mail alone
    url = models.CharField(max_length=250)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "cause"], name="notice_once")
        ]
        indexes = [
            models.Index(fields=["user", "at", "id"], name="notice_of_user"),
            models.Index(
                fields=["user"], condition=Q(read_at=None, done_at=None), name="notice_unread"
            ),
            models.Index(fields=["at"], name="notice_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"


class Choice(models.Model):
    """By which ways a user wants to be told of a kind, where it is not the usual."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    ways = models.JSONField(default=list)  # rules.Way; none = is not told at all

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="choice_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"


class RoleChoice(models.Model):
    """What an admin made the usual for a role, in place of ours."""

    role = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    ways = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "kind"], name="role_choice_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.kind}"


class Habits(models.Model):
    """When a user wants to hear of what does not ring."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    digest_minute = models.PositiveSmallIntegerField(default=DIGEST_AT)  # of their own day
    keeps_quiet = models.BooleanField(default=True)  # outside their hours, but for what rings

    def __str__(self) -> str:
        return f"{self.user_id}"


class PushKey(models.Model):
    """Who we are to push services (VAPID): made once, for all hosts of the house."""

    private = models.TextField()  # sealed
    public = models.CharField(max_length=100)  # as browsers take it

    class Meta:
        constraints = [models.CheckConstraint(name="one_push_key", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.public


class Device(KeyedModel):
    """A browser in which a user allowed pushes: where they go, and the keys that open them."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)  # its public key
    auth = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    reached_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=200, blank=True)  # why the latest did not arrive, if not

    objects: ClassVar[models.Manager["Device"]] = models.Manager()

    def __str__(self) -> str:
        return self.name


class Room(KeyedModel):
    """Where a chat takes messages (an incoming webhook), of one user or one team."""

    user = models.OneToOneField(User, null=True, on_delete=models.CASCADE, related_name="+")
    team = models.OneToOneField(Team, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.TextField()  # sealed: whoever knows it may write there
    host = models.CharField(max_length=200)  # the part of it that may be shown
    kinds = models.JSONField(default=list)  # a team's: which notices of its members are told there
    reached_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=200, blank=True)  # why the latest did not arrive, if not

    objects: ClassVar[models.Manager["Room"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="room_has_one_owner",
                condition=Q(user=None, team__isnull=False) | Q(user__isnull=False, team=None),
            ),
        ]

    def __str__(self) -> str:
        return self.host


class SendingQuerySet(QuerySet["Sending"]):
    def owed(self, way: Way, *, at: datetime) -> "SendingQuerySet":
        """Whose time has come."""
        return self.filter(way=way, state=State.WAITING, due_at__lte=at)


class Sending(models.Model):
    """One notice on one way out of the house. The row is what is owed; jobs look what is due."""

    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="sendings", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=10)
    device = models.ForeignKey(Device, null=True, on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, null=True, on_delete=models.CASCADE, related_name="sendings")
    state = models.CharField(max_length=10, default="waiting")  # rules.State
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=200, blank=True)  # why not, if not

    objects = SendingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "way"], condition=Q(device=None, room=None), name="sending_once"
            ),
            models.UniqueConstraint(fields=["notice", "room"], name="chatted_once"),
            models.UniqueConstraint(fields=["notice", "device"], name="pushed_once"),
        ]
        indexes = [
            models.Index(
                fields=["way", "due_at"], condition=Q(state="waiting"), name="sending_owed"
            ),
            models.Index(
                fields=["user", "way"], condition=Q(state="waiting"), name="sending_of_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.way}"
