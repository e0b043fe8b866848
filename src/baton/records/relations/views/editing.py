"""Relations added, changed, ended and taken away, from the page of either end."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.visibility import one_by_key
from baton.core.changes.actions import LostRace
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.search.finding import first_found
from baton.core.search.typed import asked_for
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.records.people.models import Company, Person
from baton.records.relations import actions
from baton.records.relations.forms import RelationForm, initial_of
from baton.records.relations.models import Relation
from baton.records.relations.permissions import EDIT_RELATIONS
from baton.records.relations.queries import writes_titles
from baton.records.relations.rules import BACK, BOTH_WAYS, read_way
from baton.records.relations.words import ways_to_companies, ways_to_people

FOUND = 12  # people and as many companies are offered to choose from


@requires(EDIT_RELATIONS)
@require_http_methods(["GET", "POST"])
def add_to_person(request: HtmxRequest, key: UUID) -> HttpResponse:
    """First to whom, then what they are to each other."""
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user, EDIT_RELATIONS), key=key)
    people = Person.objects.visible_to(user).exclude(pk=person.pk)
    other = one_by_key(people, request.GET.get("person", ""))
    company = one_by_key(Company.objects.visible_to(user), request.GET.get("company", ""))
    if other is None and company is None:
        return _choose(request, person, people=people, companies=Company.objects.visible_to(user))
    return _add(request, person, there=other or company, page=person)


@requires(EDIT_RELATIONS)
@require_http_methods(["GET", "POST"])
def add_to_company(request: HtmxRequest, key: UUID) -> HttpResponse:
    """First who, then what they are to the company."""
    user = user_of(request)
    company = get_object_or_404(Company.objects.visible_to(user), key=key)
    people = Person.objects.visible_to(user, EDIT_RELATIONS)
    person = one_by_key(people, request.GET.get("person", ""))
    if person is None:
        return _choose(request, company, people=people, companies=Company.objects.none())
    return _add(request, person, there=company, page=company)


@requires(EDIT_RELATIONS)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Kind, title and days; of two people either may be the one who is named first."""
    relation = _relation_or_404(request, key)
    is_back = _side(request) == "other"
    there = relation.company or (relation.person if is_back else relation.other)
    here = relation.person if relation.company or not is_back else relation.other
    form = RelationForm(
        request.POST or None,
        ways=_ways(relation.company),
        is_titled=bool(relation.company) and writes_titles(),
        initial=initial_of(relation, _way_of(relation, is_back=is_back)),
    )
    if form.is_valid() and _edited(request, relation, form, is_back=is_back):
        return go(request, _back(request, relation))
    context = {"form": form, "here": here, "there": there, "relation": relation}
    return _form(request, context | {"back": _back(request, relation)})


@requires(EDIT_RELATIONS)
@require_POST
def end(request: HtmxRequest, key: UUID) -> HttpResponse:
    """It holds no more, since today."""
    relation, batch = _relation_or_404(request, key), new_key()
    today = timezone.localdate()
    until = max(today, relation.since or today)
    try:
        actions.edit_relation(
            relation=relation,
            values={"until": until, "is_past": True},
            version=relation.version,
            by=user_of(request),
            at=timezone.now(),
            batch=batch,
        )
    except RuleViolation as no:
        say(request, str(no))
    else:
        say(request, _("It is over."), undo_url=undo_of(batch))
    return go(request, _back(request, relation))


@requires(EDIT_RELATIONS)
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """It was written down by mistake."""
    relation = _relation_or_404(request, key)
    batch = actions.remove_relation(relation=relation, by=user_of(request), at=timezone.now())
    say(request, _("Removed."), undo_url=undo_of(batch))
    return go(request, _back(request, relation))


def _add(
    request: HtmxRequest, person: Person, *, there: Person | Company | None, page: Person | Company
) -> HttpResponse:
    company = there if isinstance(there, Company) else None
    form = RelationForm(
        request.POST or None, ways=_ways(company), is_titled=bool(company) and writes_titles()
    )
    if form.is_valid():
        kind, is_back = read_way(form.cleaned_data["way"])
        other = there if isinstance(there, Person) else None
        first, second = (other, person) if is_back and other else (person, other)
        ends = actions.Ends(person=first, kind=kind, other=second, company=company)
        batch = new_key()
        try:
            actions.add_relation(
                ends=ends, by=user_of(request), at=timezone.now(), batch=batch, **form.values()
            )
        except RuleViolation as no:
            _say_no(form, no)
        else:
            say(request, _("Added."), undo_url=undo_of(batch))
            return go(request, page.get_absolute_url())
    context = {"form": form, "here": person, "there": there, "back": page.get_absolute_url()}
    return _form(request, context)


def _edited(request: HtmxRequest, relation: Relation, form: RelationForm, *, is_back: bool) -> bool:
    """Whether it is saved; else the form says why not."""
    kind, turns = read_way(form.cleaned_data["way"])
    batch = new_key()
    act: dict[str, Any] = {"by": user_of(request), "at": timezone.now(), "batch": batch}
    values = {"kind": kind.value, **form.values()}
    try:
        actions.edit_relation(
            relation=relation,
            values=values,
            is_turned=relation.other_id is not None and kind not in BOTH_WAYS and turns != is_back,
            version=form.cleaned_data["version"],
            **act,
        )
    except LostRace as no:
        form.add_error(None, str(no))
        return False
    except RuleViolation as no:
        _say_no(form, no)
        return False
    say(request, _("Saved."), undo_url=undo_of(batch))
    return True


def _say_no(form: RelationForm, no: RuleViolation) -> None:
    named = next((name for name in no.fields if name in form.fields), None)
    form.add_error(named, str(no))


def _form(request: HtmxRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return page_or_partial(request, "relations/edit.html", "form", context, status=status)


def _choose(
    request: HtmxRequest, page: Person | Company, *, people: Any, companies: Any
) -> HttpResponse:
    text = asked_for(request.GET)
    found = first_found(people, text, most=FOUND) if text else people.none()
    named = first_found(companies, text, most=FOUND) if text else companies.none()
    context: dict[str, Any] = {
        "page": page,
        "is_company": isinstance(page, Company),
        "text": text,
        "people": found.select_related("company")[:FOUND],
        "companies": named[:FOUND],
    }
    return page_or_partial(request, "relations/choose.html", "found", context)


def _ways(company: Company | None) -> list[tuple[str, str]]:
    return ways_to_companies() if company else ways_to_people()


def _way_of(relation: Relation, *, is_back: bool) -> str:
    return str(relation.kind) + (BACK if is_back and relation.kind not in BOTH_WAYS else "")


def _relation_or_404(request: HttpRequest, key: UUID) -> Relation:
    rows = Relation.objects.visible_to(user_of(request), EDIT_RELATIONS)
    return get_object_or_404(rows.select_related("person", "other", "company"), key=key)


def _side(request: HttpRequest) -> str:
    """From whose page it was opened."""
    return request.GET.get("at", "")


def _back(request: HttpRequest, relation: Relation) -> str:
    ends = {"other": relation.other, "company": relation.company}
    return (ends.get(_side(request)) or relation.person).get_absolute_url()
