from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.colleagues.slots import record_kinds
from baton.core.files import store
from baton.core.files.models import File
from baton.core.files.permissions import VIEW_FILES
from baton.core.prepared import Prepared

SHOWN = 6  # on the page of a record
MOST = 500  # on the page of its files
_OF = Prepared(
    lambda object_type, object_id: files_of(object_type=object_type, object_id=object_id)[
        : SHOWN + 1
    ]
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The latest files of a record as its page shows them."""

    files: list[File]
    has_more: bool
    url: str  # of all of them


def files_of(*, object_type: str, object_id: int) -> QuerySet[File]:
    """The living ones of a record, the latest first; ``by`` is read along."""
    rows = File.objects.living().filter(object_type=object_type, object_id=object_id)
    return rows.select_related("by").order_by("-pk")


def shown_files(object_type: str, record: Any) -> Shown:
    """For the page of a record that the user sees."""
    found = _OF.rows(object_type=object_type, object_id=record.pk)
    has_more = len(found) > SHOWN
    return Shown(files=found[:SHOWN], has_more=has_more, url=_address(object_type, record))


def all_files(object_type: str, record: Any) -> Shown:
    """For the page of its files."""
    found = list(files_of(object_type=object_type, object_id=record.pk)[:MOST])
    return Shown(files=found, has_more=False, url=_address(object_type, record))


def _address(object_type: str, record: Any) -> str:
    return reverse("files:record", args=[object_type, record.key])


def find_file(key: UUID, *, user: User, permission: Permission = VIEW_FILES) -> File | None:
    """The living file, if this user sees its record, or may change it."""
    return File.objects.visible_to(user, permission).filter(key=key).first()


def record_with(file: File, *, user: User) -> Any | None:
    """The record that a file is on, if this user sees it."""
    kind = record_kinds.find(file.object_type)
    return kind.reached(user, kind.view).filter(pk=file.object_id).first() if kind else None


def contents_named() -> Iterator[str]:
    """All contents that rows name, as a file of everything calls them, each once."""
    rows = File.objects.order_by("content").values_list("content", flat=True).distinct()
    return (store.name_of(content) for content in rows.iterator())
