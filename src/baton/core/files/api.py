"""Files on records over the REST API: /api/v1/files/."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status

from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import NOTHING, Problem
from baton.core.colleagues.queries import find_record
from baton.core.colleagues.slots import RecordKind
from baton.core.files import actions
from baton.core.files.models import File
from baton.core.files.permissions import EDIT_FILES, VIEW_FILES
from baton.core.files.queries import files_of, find_file
from baton.core.files.receiving import receive_here, received_in
from baton.core.files.sending import Missing, sent

router = Router(tags=["files"])
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                }
            }
        },
    }
}
CONTENT = {
    "responses": {
        200: {
            "description": "The content, to be kept.",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class FileOut(Schema):
    """``type`` is told by the first bytes, ``sha256`` is that of the content."""

    key: UUID
    name: str
    size: int
    type: str
    sha256: str
    added_at: datetime
    added_by: UUID | None

    @staticmethod
    def resolve_type(file: File) -> str:
        return file.kind

    @staticmethod
    def resolve_sha256(file: File) -> str:
        return file.content

    @staticmethod
    def resolve_added_at(file: File) -> datetime:
        return file.created_at

    @staticmethod
    def resolve_added_by(file: File) -> UUID | None:
        return file.by.key if file.by else None


@router.get("/{kind}/{uuid:key}/", response=Page[FileOut])
@needs(VIEW_FILES)
def list_files(
    request: HttpRequest, kind: str, key: UUID, cursor: str = "", limit: int = 50
) -> Any:
    """The files of a person, company, deal or campaign, the oldest first."""
    found, record = _record(request, kind, key, to_edit=False)
    rows = files_of(object_type=found.name, object_id=record.pk)
    return page_of(rows, cursor=cursor, limit=limit)


@router.post("/{kind}/{uuid:key}/", response=FileOut, openapi_extra=BODY)
@needs(EDIT_FILES, reads_body=False)
def add_file(request: HttpRequest, kind: str, key: UUID) -> Any:
    """Put a file on a record: ``multipart/form-data``, in ``file``; the same again is one."""
    found, record = _record(request, kind, key, to_edit=True)
    receive_here(request)
    received = received_in(request, field="file")
    if len(received) != 1:
        raise Problem(422, "Send one file as multipart/form-data, in “file”.")
    added = actions.add_files(
        kind=found,
        record=record,
        received=received,
        by=request.user,  # type: ignore[arg-type] # a key always has one
        at=timezone.now(),
    )
    return added.files[0]


@router.get("/{uuid:key}/", response=None, openapi_extra=CONTENT)
@needs(VIEW_FILES)
def download_file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The content, as an attachment."""
    user: Any = request.user
    found = find_file(key, user=user)
    if found is None:
        raise Problem(404, NOTHING)
    try:
        return sent(found)
    except Missing as error:
        raise Problem(404, "The content is missing on the server’s disk.") from error


@router.delete("/{uuid:key}/", response={204: None})
@needs(EDIT_FILES)
def remove_file(request: HttpRequest, key: UUID) -> Status[None]:
    """Into the trash."""
    user: Any = request.user
    found = find_file(key, user=user, permission=EDIT_FILES)
    if found is None:
        raise Problem(404, NOTHING)
    actions.remove_file(file=found, by=user, at=timezone.now())
    return Status(204, None)


def _record(request: HttpRequest, kind: str, key: UUID, *, to_edit: bool) -> tuple[RecordKind, Any]:
    user: Any = request.user
    found = find_record(kind, key, user=user, to_edit=to_edit)
    if found is None:
        raise Problem(404, NOTHING)
    return found
