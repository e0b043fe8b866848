"""Named accounts over the API: a list is sent whole or in parts, and can be tried first."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from ninja.responses import Status

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions import BadAccount
from baton.qualification.handoff.api.handoffs import router
from baton.qualification.handoff.models import NamedAccount
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.rules import LINE_MARKS


class NamedAccountOut(Schema):
    """A company or a domain, and the rep or the pool that answers for it."""

    key: UUID
    company: UUID | None
    account: str
    rep: UUID | None
    pool: UUID | None
    owner_name: str

    @staticmethod
    def resolve_company(row: NamedAccount) -> UUID | None:
        return row.company.key if row.company else None

    @staticmethod
    def resolve_account(row: NamedAccount) -> str:
        return str(row)

    @staticmethod
    def resolve_rep(row: NamedAccount) -> UUID | None:
        return row.rep.key if row.rep else None

    @staticmethod
    def resolve_pool(row: NamedAccount) -> UUID | None:
        return row.pool.key if row.pool else None

    @staticmethod
    def resolve_owner_name(row: NamedAccount) -> str:
        return str(row.rep or row.pool)


class NamedIn(Schema):
    """``account``: a domain, or the name of a company. ``owner``: a rep by mail or name, or a pool
    by name."""

    account: str = Field(max_length=253)
    owner: str = Field(max_length=254)


class NamedListIn(Schema):
    """``is_all``: these are all of them, what else is named is so no more, but for what stands on a
    refused line. ``is_preview``: say what would come of it, and write nothing."""

    accounts: list[NamedIn] = Field(max_length=5000)
    is_all: bool = False
    is_preview: bool = False


class BadAccountOut(Schema):
    """``line``: from 1, in the order in which the accounts were sent."""

    line: int
    account: str
    owner: str
    why: str

    @staticmethod
    def resolve_line(bad: BadAccount) -> int:
        return bad.line.number

    @staticmethod
    def resolve_account(bad: BadAccount) -> str:
        return bad.line.what

    @staticmethod
    def resolve_owner(bad: BadAccount) -> str:
        return bad.line.owner


class NamedDone(Schema):
    """``refused``: a sentence for each that names nothing, ``bad`` the same in parts; the others
    count. ``removed``: what is named no more."""

    added: int
    moved: int
    same: int
    removed: int
    refused: list[str]
    bad: list[BadAccountOut]


@router.get("/routing/named/", response=Page[NamedAccountOut], operation_id="list_named_accounts")
@needs(VIEW_HANDOFFS)
def named(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """In the order in which they were named."""
    rows = NamedAccount.objects.visible_to(user_of(request)).living()
    return page_of(rows.select_related("company", "rep", "pool"), cursor=cursor, limit=limit)


@router.post("/routing/named/", response=NamedDone, operation_id="name_accounts")
@needs(MANAGE_HANDOFFS)
def name(request: HttpRequest, sent: NamedListIn) -> Any:
    """Whose these accounts are from now on, or would be; what is named already changes hands. Twice
    is once."""
    lines = (
        f"{one.account.translate(LINE_MARKS)}\t{one.owner.translate(LINE_MARKS)}"
        for one in sent.accounts
    )
    asked: dict[str, Any] = {
        "text": "\n".join(lines),
        "is_all": sent.is_all,
        "by": user_of(request),
    }
    if sent.is_preview:
        return actions.preview_accounts(**asked)
    return actions.name_accounts(**asked, at=timezone.now())


@router.delete(
    "/routing/named/{uuid:key}/", response={204: None}, operation_id="delete_named_account"
)
@needs(MANAGE_HANDOFFS)
def delete_named(request: HttpRequest, key: UUID) -> Any:
    """Into the trash; its leads go by territories and rules again."""
    rows = NamedAccount.objects.visible_to(user_of(request), MANAGE_HANDOFFS).living()
    found = get_object_or_404(rows, key=key)
    actions.delete_named_accounts(ids=[found.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)
