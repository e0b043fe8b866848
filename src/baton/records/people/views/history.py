"""What was done to a record, by whom, and the way back."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.audit.permissions import VIEW_AUDIT
from baton.core.changes.models import Change
from baton.core.changes.queries import MADE, changes_of, is_reached
from baton.core.languages import language_name
from baton.core.limits import without_hidden
from baton.core.ui.htmx import HtmxRequest
from baton.core.words import label_of
from baton.records.people.models import Company, Person
from baton.records.people.permissions import VIEW_COMPANIES, VIEW_PEOPLE
from baton.records.people.rules import postal_line
from baton.records.people.views.loading import company_or_404, person_or_404
from baton.records.people.words import (
    BUYING_ROLES,
    ORIGINS,
    SENIORITIES,
    channel_label,
    field_label,
    verb_label,
)

LATEST = 100
NOT_SHOWN = {"sort_key", "phone_e164", "stage_at"}
# What is kept as a code, and how screens write it.
WORDS: Mapping[str, Callable[[Any], Any]] = {
    "stage": label_of,
    "language": language_name,
    "channel": channel_label,
    "origin": lambda code: ORIGINS.get(code, code),
    "seniority": lambda code: SENIORITIES.get(code, code),
    "buying_role": lambda code: BUYING_ROLES.get(code, code),
}


@requires(VIEW_PEOPLE)
@require_GET
def person_changes(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The history of a person."""
    return _history(request, person_or_404(request, key), object_type="person")


@requires(VIEW_COMPANIES)
@require_GET
def company_changes(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The history of a company."""
    return _history(request, company_or_404(request, key), object_type="company")


def _history(request: HtmxRequest, record: Person | Company, *, object_type: str) -> HttpResponse:
    rows = list(changes_of(object_type=object_type, object_id=record.pk)[:LATEST])
    user = user_of(request)
    names = _names(rows, user=user)
    may_edit, may_delete = (
        is_reached(user=user, object_type=object_type, object_id=record.pk, verb=verb)
        for verb in (Verb.EDIT, Verb.DELETE)
    )
    shown = [
        {
            "row": row,
            "verb": verb_label(row.verb),
            "fields": list(_fields(row, names)),
            "may_undo": (may_delete if row.verb in MADE else may_edit)
            and row.by_id == user.pk
            and row.undone_at is None
            and row.cause != "undo",
        }
        for row in rows
    ]
    of = f"{reverse('audit:list')}?of={object_type}:{record.key}"
    context = {
        "record": record,
        "rows": shown,
        "is_person": object_type == "person",
        "audit_url": of if user.may(VIEW_AUDIT) else "",
    }
    return render(request, "people/changes.html", context)


def _fields(row: Change, names: dict[str, dict[Any, str]]) -> Iterator[tuple[str, str, str]]:
    """Label, before and after of each field in words; a creation shows no fields."""
    was, now = (without_hidden(row.object_type, side) for side in (row.before, row.after))
    if row.verb == "merged":  # what the other one said
        for name in was:
            yield field_label(name), _said(name, was[name], names), ""
    elif row.verb != "created":
        for name in now.keys() - NOT_SHOWN:
            before, after = was.get(name), now.get(name)
            yield field_label(name), _said(name, before, names), _said(name, after, names)


def _said(name: str, value: Any, names: dict[str, dict[Any, str]]) -> str:
    if name in names and value is not None:
        return names[name].get(value, "?")
    if isinstance(value, list):
        return "; ".join(_line(one) for one in value)
    words = WORDS.get(name)
    return "" if value in (None, "") else str(words(value) if words else value)


def _line(value: Any) -> str:
    return postal_line(value) if isinstance(value, dict) else str(value)


def _names(rows: list[Change], *, user: User) -> dict[str, dict[Any, str]]:
    """History keeps ids; people read names. Two queries for the whole page."""
    users, companies = _ids(rows, "owner"), _ids(rows, "company") | _ids(rows, "parent")
    by_company: dict[Any, str] = dict(
        Company.objects.visible_to(user).filter(pk__in=companies).values_list("pk", "name")
    )
    by_user: dict[Any, str] = dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
    return {"owner": by_user, "company": by_company, "parent": by_company}


def _ids(rows: list[Change], name: str) -> set[Any]:
    return {value for row in rows for side in (row.before, row.after) if (value := side.get(name))}
