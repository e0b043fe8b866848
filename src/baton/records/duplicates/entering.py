"""Whom a record that is being typed in looks like, before it is one more.

What is typed comes by POST: names and numbers of people belong into no log of addresses.
"""

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.records.duplicates import queries
from baton.records.duplicates.models import COMPANY, PERSON
from baton.records.duplicates.rules.pairs import Side
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE


@requires(EDIT_PEOPLE)
@require_POST
def like_person(request: HttpRequest) -> HttpResponse:
    """The likest three, among the people that this user sees."""
    given, surname = _typed(request, "first_name"), _typed(request, "last_name")
    side = Side(
        given=given,
        surname=surname,
        name=f"{given} {surname}".strip(),
        mails=_filled(_typed(request, "email")),
        phones=_filled(_typed(request, "phone")),
        company=_typed(request, "company"),
        country=_typed(request, "country"),
    )
    return _said(request, PERSON, side)


@requires(EDIT_COMPANIES)
@require_POST
def like_company(request: HttpRequest) -> HttpResponse:
    """The same among companies."""
    side = Side(
        name=_typed(request, "name"),
        domains=_filled(_typed(request, "domain")),
        city=_typed(request, "city"),
        country=_typed(request, "country"),
    )
    return _said(request, COMPANY, side)


def _said(request: HttpRequest, object_type: str, side: Side) -> HttpResponse:
    found: list[Any] = queries.alike(object_type, side, user=cast(User, request.user))
    return render(request, "duplicates/alike.html", {"found": found})


def _typed(request: HttpRequest, name: str) -> str:
    """No longer than any such field."""
    return request.POST.get(name, "").strip()[:200]


def _filled(text: str) -> Sequence[str]:
    return [text] if text else []
