from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from baton.core.access.permissions import Permission, registered
from baton.core.access.roles import Role, Scope, scope_of
from baton.core.access.sidebar import folded_at_first
from baton.core.facts import batch_now
from baton.core.keys import KeyedModel, RecordModel
from baton.core.limits import Limits, Plain, limits_in
from baton.core.settings.queries import organisation


class Team(RecordModel):
    """People who work the same records; a team may lie within another."""

    name = models.CharField(max_length=120)
    region = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    manager = models.ForeignKey(
        "access.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="managed_teams",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(deleted_at=None), name="team_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """Sign-in by mail, whatever its case; an empty mail matches nobody."""
        if not username:
            raise User.DoesNotExist
        return self.get(email__iexact=username, is_active=True)


class User(AbstractBaseUser, RecordModel):
    """Somebody who works here. One known only from an import has no mail and cannot sign in."""

    email = models.EmailField(null=True, blank=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=40, default=Role.VIEWER)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    region = models.CharField(max_length=80, blank=True)
    zone = models.CharField(max_length=64, blank=True)  # IANA; empty = the organisation's
    country = models.CharField(max_length=40, blank=True)  # of holidays; empty = the organisation's
    hours = models.JSONField(null=True, blank=True)  # weekly; empty = the organisation's
    folded = models.JSONField(null=True, blank=True)  # groups of the sidebar; empty = by role
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    key_scopes: frozenset[str] | None = None  # of the API key that speaks for this user
    key_name: str = ""
    reached_team_ids: list[int] | None = None  # looked up once per request, see visibility.py

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=Q(deleted_at=None), name="user_email_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local_zone(self) -> str:
        """The zone whose clock this user reads: their own, else the company's."""
        return self.zone or getattr(self, "company_zone", None) or "UTC"

    def scope(self, permission: Permission | str) -> Scope | None:
        """How far this user reaches with the permission; None = not at all."""
        wanted = registered[permission] if isinstance(permission, str) else permission
        is_kept_out = self.key_scopes is not None and wanted.name not in self.key_scopes
        if not self.is_active or is_kept_out:
            return None
        return scope_of(self.role, wanted.area, wanted.verb)

    def limits(self, object_type: str) -> Limits:
        """The fields of such a record that this user does not see, or does not write."""
        return limits_in(self.kept_limits, role=self.role, object_type=object_type)

    @cached_property
    def kept_limits(self) -> Plain:
        """Of all roles; who is signed in comes with them."""
        if "company_limits" in self.__dict__:  # None before there is a company
            return self.__dict__["company_limits"] or {}
        return organisation().field_limits or {}

    def can_sign_in(self) -> bool:
        """False for one whom only an import knows: nobody reads what is given to them."""
        is_here = self.is_active and self.deleted_at is None
        return is_here and bool(self.email) and self.has_usable_password()

    @property
    def folds(self) -> frozenset[str]:
        """The groups of the sidebar that stand folded."""
        return folded_at_first(self.role) if self.folded is None else frozenset(self.folded)

    def may(self, permission: Permission | str) -> bool:
        """Whether the permission reaches anything at all."""
        return self.scope(permission) is not None


class UserExternalId(models.Model):
    """What another system calls this user."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)
    batch = models.UUIDField(null=True, default=batch_now)  # of the import that said so

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="user_external_id_once")
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"


class Share(models.Model):
    """One record opened to one user or one team beyond what their scope reaches."""

    object_type = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    may_edit = models.BooleanField(default=False)
    cause = models.CharField(max_length=80)  # "handoff", "by hand" ...: who may take it back
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="share_has_one_reader",
                condition=Q(user=None, team__isnull=False) | Q(user__isnull=False, team=None),
            ),
            models.UniqueConstraint(
                fields=["object_type", "object_id", "user", "cause"], name="shared_once_with_user"
            ),
            models.UniqueConstraint(
                fields=["object_type", "object_id", "team", "cause"], name="shared_once_with_team"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "object_type", "object_id"], name="share_by_user"),
            models.Index(fields=["team", "object_type", "object_id"], name="share_by_team"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class ApiKey(KeyedModel):
    """Shown once, kept as a digest. It acts as its user, never beyond its own scopes."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256, hex
    scopes: models.JSONField[Any, Any] = models.JSONField(null=True)  # names; null = all of user's
    expires_at = models.DateTimeField(null=True, blank=True)
    latest_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
