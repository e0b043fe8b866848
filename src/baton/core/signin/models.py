"""What a sign-in leaves behind."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from baton.core.access.models import Team, User
from baton.core.keys import KeyedModel


class Session(KeyedModel, AbstractBaseSession):
    """Django's session, which also knows whose it is, on what device, and from where."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    agent = models.CharField(max_length=300, blank=True)  # what the browser calls itself
    ip = models.GenericIPAddressField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)  # moves every ten minutes at most


class SecondStep(models.Model):
    """An app on somebody's phone whose codes are asked for after the password."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_step")
    secret = models.TextField()  # sealed
    confirmed_at = models.DateTimeField(null=True)  # null: begun, asks for nothing yet
    latest_step = models.BigIntegerField(default=0)  # a code counts once: later steps only
    wrong_count = models.PositiveIntegerField(default=0)
    wrong_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"second step of {self.user_id}"


class RecoveryCode(models.Model):
    """On paper, for when the phone is gone; works once."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="recovery_codes", db_index=False
    )
    digest = models.CharField(max_length=64)  # SHA-256, hex, of 80 random bits
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"


class SecondStepRule(models.Model):
    """Whom the company asks to have a second step, and from when they get no further without."""

    asked_of = models.CharField(max_length=20, blank=True)  # rules.asking.Asked; empty: nobody
    asked_from = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_second_step_rule", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.asked_of


class Invitation(KeyedModel):
    """A link that lets somebody make their own account, once. Open: neither used nor revoked."""

    email = models.EmailField()
    name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=40)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of what stands in the link
    expires_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    user = models.OneToOneField(  # who came of it
        User, null=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(used_at=None, revoked_at=None),
                name="one_open_invitation_a_mail",
            )
        ]

    def __str__(self) -> str:
        return self.email


class SetUpCode(models.Model):
    """What the terminal or the log says to who may set up an installation without anybody."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256, hex
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"set-up code of {self.made_at}"
