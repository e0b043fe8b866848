"""Pairs, merging and parting over the REST API: /api/v1/duplicates/."""

from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.changes.queries import may_undo
from baton.records.duplicates import actions, queries
from baton.records.duplicates.models import COMPANY, PERSON, Pair
from baton.records.duplicates.permissions import MERGE
from baton.records.people import actions as people
from baton.records.people.models import Company, Merge, Person
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE

router = Router(tags=["duplicates"])
R = TypeVar("R", Person, Company)
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


class MergeIn(Schema):
    """Keys of people, or of companies: ``merged`` go into ``kept``."""

    model_config = ConfigDict(extra="forbid")

    of: Of = "people"
    kept: UUID
    merged: Annotated[list[UUID], Field(min_length=1, max_length=100)]


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


@router.post("/merge/", response=MergedOut, operation_id="merge_records")
@needs(MERGE)
def merge(request: HttpRequest, sent: MergeIn) -> Any:
    """Any records that this key may edit, whether they look alike or not."""
    user, at = user_of(request), timezone.now()
    if sent.of == "people":
        person, twins = _reached(Person.objects.visible_to(user, EDIT_PEOPLE), sent)
        return {"batch": people.merge_people(kept=person, merged=twins, by=user, at=at)}
    company, others = _reached(Company.objects.visible_to(user, EDIT_COMPANIES), sent)
    return {"batch": people.merge_companies(kept=company, merged=others, by=user, at=at)}


@router.post("/unmerge/{uuid:batch}/", response=UnmergedOut, operation_id="unmerge_records")
@needs(MERGE)
def unmerge(request: HttpRequest, batch: UUID) -> Any:
    """One's own merge taken back; 409 when it was already."""
    user = user_of(request)
    if not Merge.objects.filter(batch=batch).exists() or not may_undo(batch=batch, user=user):
        raise Http404
    outcome = people.unmerge(batch=batch, by=user, at=timezone.now())
    return {"kept_fields": outcome.kept_fields}


def user_of(request: HttpRequest) -> User:
    """For whom the key speaks."""
    assert isinstance(request.user, User)  # noqa: S101 -- the key's door has opened
    return request.user


def _reached(seen: "QuerySet[R]", sent: MergeIn) -> tuple[R, list[R]]:
    kept, merged = get_object_or_404(seen, key=sent.kept), list(seen.filter(key__in=sent.merged))
    if len(merged) != len(set(sent.merged)):
        raise Problem(422, "merged: not all of these keys are known.")
    return kept, merged


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
