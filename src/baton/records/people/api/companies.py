from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router
from ninja.responses import Status

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.api.custom import custom_of
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.trash import restored
from baton.records.people import actions
from baton.records.people.actions.tracking import COMPANY
from baton.records.people.api.reading import company_of, filtered, owner_of
from baton.records.people.api.schemas import CompanyIn, CompanyOut, CompanyPatch
from baton.records.people.models import Company, CompanyQuerySet
from baton.records.people.permissions import DELETE_COMPANIES, EDIT_COMPANIES, VIEW_COMPANIES
from baton.records.people.queries import companies_matching, with_parent

router = Router()


@router.get("/", response=Page[CompanyOut], operation_id="list_companies")
@needs(VIEW_COMPANIES)
def companies(
    request: HttpRequest,
    cursor: str = "",
    limit: int = 50,
    q: str = "",
    filter: str = "",  # noqa: A002 -- the address says filter=
) -> Any:
    """In the order in which they became known. ``filter`` is a JSON tree."""
    rows = _seen(request)
    found = companies_matching(rows, q) if q else rows
    return page_of(filtered(found, filter, object_type="company"), cursor=cursor, limit=limit)


@router.get("/{uuid:key}/", response=CompanyOut, operation_id="get_company")
@needs(VIEW_COMPANIES)
def company(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(_seen(request), key=key)


@router.post("/", response={201: CompanyOut}, operation_id="create_company")
@needs(EDIT_COMPANIES)
@idempotent(CompanyOut)
def create_company(request: HttpRequest, sent: CompanyIn) -> Any:
    values: dict[str, Any] = sent.dict(exclude={"owner", "custom", "parent"})
    made = actions.create_company(
        **values,
        at=timezone.now(),
        by=user_of(request),
        owner=owner_of(sent.owner),
        parent=company_of(sent.parent, user=user_of(request), named="parent"),
        custom=custom_of(sent.custom, object_type="company", known={}),
    )
    return Status(201, _fresh(request, made))


@router.patch("/{uuid:key}/", response=CompanyOut, operation_id="edit_company")
@needs(EDIT_COMPANIES)
def edit_company(request: HttpRequest, key: UUID, sent: CompanyPatch) -> Any:
    """409 when somebody saved since you read ``version``."""
    known = get_object_or_404(_seen(request, EDIT_COMPANIES), key=key)
    values = sent.dict(exclude_unset=True, exclude={"version"})
    if "owner" in values:
        values["owner"] = owner_of(sent.owner, present=known.owner)
    if "parent" in values:
        values["parent"] = company_of(sent.parent, user=user_of(request), named="parent")
    if "custom" in values:
        values["custom"] = custom_of(sent.custom, object_type="company", known=known.custom)
    saved = actions.edit_company(
        company=known, values=values, version=sent.version, by=user_of(request), at=timezone.now()
    )
    return _fresh(request, saved)


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_company")
@needs(DELETE_COMPANIES)
def delete_company(request: HttpRequest, key: UUID) -> Any:
    """Into the trash, from which it can be restored; its people stay."""
    known = get_object_or_404(_seen(request, DELETE_COMPANIES), key=key)
    actions.trash_companies(company_ids=[known.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_company")
@needs(DELETE_COMPANIES)
def restore_company(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash; a domain that another has by now stays there."""
    return restored(request, COMPANY, key)


def _seen(request: HttpRequest, permission: Permission = VIEW_COMPANIES) -> CompanyQuerySet:
    rows = Company.objects.visible_to(user_of(request), permission)
    return _told(rows, request)


def _fresh(request: HttpRequest, company: Company) -> Company:
    return _told(Company.objects.all(), request).get(pk=company.pk)


def _told(rows: CompanyQuerySet, request: HttpRequest) -> CompanyQuerySet:
    rows = with_parent(rows.select_related("owner"), user=user_of(request))
    return rows.prefetch_related("domains", "tags", "external_ids")
