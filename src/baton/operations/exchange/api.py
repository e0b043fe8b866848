"""Imports over the REST API: /api/v1/exchange/imports/."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status

from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.problems import NOTHING, Problem
from baton.core.errors import RuleViolation
from baton.core.settings.queries import organisation_zone
from baton.core.worktime.rules import find_zone
from baton.operations.exchange.actions import receiving, undoing, uploads
from baton.operations.exchange.models import Import
from baton.operations.exchange.permissions import RUN_IMPORTS, VIEW_IMPORTS
from baton.operations.exchange.receiving import onto_disk
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.rules.uploads import TO_LEAVE, State
from baton.operations.exchange.rules.values import NO, YES
from baton.operations.exchange.tasks import JOBS, run_import, undo_import

router = Router(tags=["imports"])
BINARY = {"type": "string", "format": "binary"}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": BINARY,
                        "recipe": BINARY,
                        "zone": {"type": "string"},
                        "dry_run": {"type": "boolean"},
                        "overwrite": {"type": "boolean"},
                    },
                    "required": ["file"],
                }
            }
        },
    }
}
CONTENT = {
    "responses": {
        200: {
            "description": "The lines that failed, with a last column that says why.",
            "content": {"text/csv": {"schema": BINARY}},
        }
    }
}


class ImportOut(Schema):
    """``state``: checking, asking (columns are to be chosen on the screen), ready, refused,
    running, done, stopped, undoing, undone. ``report``: totals, objects, errors, conflicts and, of
    one taken back, ``stays``; after a dry run what would come."""

    key: UUID
    state: str
    recipe: str
    source: str
    files: list[str]
    total: int
    done: int
    refusal: str
    report: dict[str, Any]
    started_at: datetime
    finished_at: datetime | None
    started_by: UUID | None
    undone_by: UUID | None

    @staticmethod
    def resolve_started_by(record: Import) -> UUID | None:
        return record.by.key if record.by else None

    @staticmethod
    def resolve_undone_by(record: Import) -> UUID | None:
        return record.undone_by.key if record.undone_by else None


@router.post("/imports/", response={201: ImportOut}, openapi_extra=BODY)
@needs(RUN_IMPORTS, reads_body=False)
def create_import(request: HttpRequest) -> Any:
    """Bring files in: ``multipart/form-data``, in ``file``, as often as there are files that belong
    together. ``recipe`` is a TOML file; without one they are known by their columns. With
    ``dry_run`` they are looked through, and wait for ``start``. With ``overwrite`` their values
    count where a record here says something else; without, ours stay and are told."""
    with onto_disk(request):
        record = _received(request)
    JOBS[State(record.state)].enqueue(import_id=record.pk)
    return Status(201, record)


def _received(request: HttpRequest) -> Import:
    """The files of the body, kept. Raises Problem."""
    is_dry, overwrites = (_yes(request, name) for name in ("dry_run", "overwrite"))
    recipes = request.FILES.getlist("recipe")
    try:
        return receiving.receive_files(
            files=request.FILES.getlist("file"),
            zone=_zone(request.POST.get("zone", "")),
            recipe=recipes[0] if recipes else None,
            state=State.CHECKING if is_dry else State.RUNNING,
            overwrites=overwrites,
            by=cast(User, request.user),
            at=timezone.now(),
        )
    except (receiving.Refused, Unusable) as no:
        raise Problem(422, str(no)) from no


@router.get("/imports/{uuid:key}/", response=ImportOut)
@needs(VIEW_IMPORTS)
def get_import(request: HttpRequest, key: UUID) -> Import:
    """How far it is, and what came of it."""
    return _found(key)


@router.get("/imports/{uuid:key}/mend/", response=None, openapi_extra=CONTENT)
@needs(RUN_IMPORTS)
def get_failed_lines(request: HttpRequest, key: UUID, file: int = 0) -> FileResponse:
    """The lines of one of its files that failed, as they were; ``file``: which of
    ``report.mend``."""
    record = _found(key)
    path = uploads.mend_path(record, file)
    if path is None:
        raise Problem(404, NOTHING)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


@router.post("/imports/{uuid:key}/start/", response=ImportOut)
@needs(RUN_IMPORTS)
def start_import(request: HttpRequest, key: UUID) -> Import:
    """Bring in what was looked through."""
    record = _found(key)
    if not uploads.begin_import(record=record, at=timezone.now()):
        raise Problem(409, "This import is not ready to be brought in.")
    run_import.enqueue(import_id=record.pk)
    return _found(key)


@router.post("/imports/{uuid:key}/cancel/", response=ImportOut)
@needs(RUN_IMPORTS)
def cancel_import(request: HttpRequest, key: UUID) -> Import:
    """No further; what came in stays, and can be taken back."""
    record = _found(key)
    if record.state not in TO_LEAVE:
        raise Problem(409, "This import is not under way.")
    uploads.cancel_import(record=record, at=timezone.now())
    return _found(key)


@router.post("/imports/{uuid:key}/undo/", response=ImportOut)
@needs(RUN_IMPORTS)
def undo_whole_import(request: HttpRequest, key: UUID) -> Import:
    """Take all of it back, in the background."""
    record, by = _found(key), cast(User, request.user)
    if not undoing.begin_undo(record=record, by=by, at=timezone.now()):
        raise Problem(409, "Only an import that ended can be taken back, once.")
    undo_import.enqueue(import_id=record.pk)
    return _found(key)


def _found(key: UUID) -> Import:
    record = Import.objects.select_related("by", "undone_by").filter(key=key).first()
    if record is None:
        raise Problem(404, NOTHING)
    return record


def _zone(text: str) -> str:
    try:
        return str(find_zone(text)) if text else str(organisation_zone())
    except RuleViolation as no:
        raise Problem(422, str(no)) from no


def _yes(request: HttpRequest, name: str) -> bool:
    text = request.POST.get(name, "").lower()
    if text in YES | NO | {""}:
        return text in YES
    raise Problem(422, f"Mend {name}: write true or false.")
