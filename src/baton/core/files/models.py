from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.access.roles import Verb
from baton.core.addresses import address
from baton.core.colleagues.slots import record_kinds
from baton.core.files.permissions import VIEW_FILES
from baton.core.files.rules import LONGEST_NAME, size_words
from baton.core.keys import RecordModel


class FileQuerySet(GuardedQuerySet["File"]):
    """Those on records that one sees, or may change."""

    viewed_with = VIEW_FILES

    def reached_by(self, user: User, permission: Permission) -> "FileQuerySet":
        """Those in the trash, too; never one on a record that lies there."""
        reached = Q(pk__in=[])
        for kind in record_kinds:
            wanted = kind.view if permission.verb is Verb.VIEW else kind.edit
            if user.may(wanted):
                record = kind.reached(user, wanted).order_by().filter(pk=OuterRef("object_id"))
                reached |= Q(Exists(record), object_type=kind.name)
        return self.filter(reached) if user.may(permission) else self.none()


class File(RecordModel):
    """A file on one record. Its content lies under its digest: the same twice is kept once."""

    object_type = models.CharField(max_length=40)  # of a RecordKind
    object_id = models.PositiveBigIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    size = models.PositiveBigIntegerField()  # bytes
    kind = models.CharField(max_length=80)  # by its first bytes: rules.sniffed
    content = models.CharField(max_length=64)  # SHA-256 of what is in it
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[FileQuerySet] = FileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="file_of_record"),
            models.Index(fields=["content"], name="file_of_content"),
            models.Index(
                fields=["deleted_at"],
                condition=Q(deleted_at__isnull=False),
                name="file_in_trash",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size_words(self) -> str:
        return size_words(self.size)

    def get_absolute_url(self) -> str:
        return address("files:file", self.key)
