"""Pairs, merging and parting over the REST API: /api/v1/duplicates/."""

from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.core.changes.queries import may_undo
from baton.records.duplicates import actions, queries
from baton.records.duplicates.models import COMPANY, PERSON, Pair
from baton.records.duplicates.permissions import MERGE

router = Router(tags=["duplicates"])
Of = Literal["people", "companies"]


class PairOut(Schema):
    """``first`` and ``second`` are keys of people, or of companies; the older one comes first."""

    key: UUID
    of: Of
    first: UUID
    second: UUID
    score: int
    reasons: list[str]
    is_same: bool | None


class PairMergeIn(Schema):
    """Which of the two stays; its empty fields are filled from the other."""

    model_config = ConfigDict(extra="forbid")

    keep: Literal["first", "second"] = "first"


class MergedOut(Schema):
    """The batch by which it is taken back."""

    batch: UUID


class UnmergedOut(Schema):
    """Fields that somebody changed since, and that stay as they are."""

    kept_fields: list[str]


@router.get("/", response=Page[PairOut], operation_id="list_duplicates")
@needs(MERGE)
def pairs(request: HttpRequest, of: Of = "people", cursor: str = "", limit: int = 50) -> Any:
    """Open pairs whose two records this key may edit."""
    kind = PERSON if of == "people" else COMPANY
    rows = Pair.objects.visible_to(user_of(request)).open().filter(object_type=kind)
    page = page_of(rows, cursor=cursor, limit=limit)
    found = list(page["items"])
    return {**page, "items": _shown(found, kind)}


@router.get("/{uuid:key}/", response=PairOut, operation_id="get_duplicate")
@needs(MERGE)
def pair(request: HttpRequest, key: UUID) -> Any:
    found = _pair_or_404(request, key)
    return _shown([found], found.object_type)[0]


@router.post("/{uuid:key}/merge/", response=MergedOut, operation_id="merge_duplicate")
@needs(MERGE)
def merge_pair(request: HttpRequest, key: UUID, sent: PairMergeIn) -> Any:
    """409 when somebody decided already, or one of the two is gone."""
    batch = actions.merge_pair(
        pair=_pair_or_404(request, key),
        keep_second=sent.keep == "second",
        values={},
        by=user_of(request),
        at=timezone.now(),
    )
    return {"batch": batch}


@router.post("/{uuid:key}/dismiss/", response={204: None}, operation_id="dismiss_duplicate")
@needs(MERGE)
def dismiss_pair(request: HttpRequest, key: UUID) -> Any:
    """They are two, and nobody is asked again."""
    found = _pair_or_404(request, key)
    actions.dismiss_pair(pair=found, by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/unmerge/", response=UnmergedOut, operation_id="unmerge_duplicate")
@needs(MERGE)
def unmerge_pair(request: HttpRequest, key: UUID) -> Any:
    """One's own merge taken back; 409 when the two are not merged."""
    user = user_of(request)
    own = Pair.objects.filter(is_same=True, by=user)
    found = get_object_or_404(Pair.objects.visible_to(user) | own, key=key)
    batch = queries.batch_of(found)
    if batch and not may_undo(batch=batch, user=user):
        raise Http404
    outcome = actions.unmerge_pair(batch=batch, by=user, at=timezone.now())
    return {"kept_fields": outcome.kept_fields}


def _pair_or_404(request: HttpRequest, key: UUID) -> Pair:
    return get_object_or_404(Pair.objects.visible_to(user_of(request)), key=key)


def _shown(found: list[Pair], kind: str) -> list[dict[str, Any]]:
    records = queries.records_of(found, kind)
    return [
        {
            "key": one.key,
            "of": "people" if kind == PERSON else "companies",
            "first": records[one.first_id].key,
            "second": records[one.second_id].key,
            "score": one.score,
            "reasons": one.reasons,
            "is_same": one.is_same,
        }
        for one in found
    ]
