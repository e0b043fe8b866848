"""With whom a record is one: somebody knows it, though nothing looked like it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.search.finding import first_found
from baton.core.search.typed import asked_for
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.records.duplicates import actions, queries
from baton.records.duplicates.models import COMPANY, PERSON
from baton.records.duplicates.permissions import MERGE
from baton.records.people.models import Company, Person
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE

FOUND = 12


@requires(MERGE)
@require_http_methods(["GET", "POST"])
def person_with(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Another person, by name or address; then both side by side."""
    reached = Person.objects.visible_to(user_of(request), EDIT_PEOPLE)
    return _with(request, PERSON, key, reached)


@requires(MERGE)
@require_http_methods(["GET", "POST"])
def company_with(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Another company, in the same way."""
    reached = Company.objects.visible_to(user_of(request), EDIT_COMPANIES)
    return _with(request, COMPANY, key, reached)


def _with(request: HtmxRequest, kind: str, key: UUID, reached: QuerySet[Any]) -> HttpResponse:
    record = get_object_or_404(reached, key=key)
    others = reached.exclude(pk=record.pk)
    if request.method == "POST":
        other = _named(others, request.POST.get("other", ""))
        ids = (record.pk, other.pk)
        try:
            pair = actions.put_side_by_side(object_type=kind, ids=ids, at=timezone.now())
        except RuleViolation as no:
            say(request, str(no))
            return go(request, record.get_absolute_url())
        return go(request, pair.get_absolute_url())
    text = asked_for(request.GET)
    if kind == PERSON:
        others = others.select_related("company")
    context = {
        "record": record,
        "is_people": kind == PERSON,
        "text": text,
        "found": first_found(others, text, most=FOUND)[:FOUND]
        if text
        else _alike(kind, record, others),
    }
    return page_or_partial(request, "duplicates/choose.html", "found", context)


def _named(others: QuerySet[Any], key: str) -> Any:
    try:
        return others.get(key=UUID(key))
    except (ValueError, ObjectDoesNotExist) as no:
        raise Http404 from no


def _alike(kind: str, record: Person | Company, others: QuerySet[Any]) -> list[Any]:
    """Before anything is typed: the likest of those that may be merged with it."""
    sides = queries.sides_of(kind, [record.pk])
    return queries.likest(kind, sides[record.pk], among=others, limit=FOUND)
