"""Relations on the pages of people and companies."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from baton.core.ui.formats import whole_day
from baton.records.people.models import Company, Person
from baton.records.relations.models import Relation
from baton.records.relations.permissions import EDIT_RELATIONS
from baton.records.relations.queries import (
    relations_of_company,
    relations_of_person,
    told_title,
)
from baton.records.relations.rules import is_over
from baton.records.relations.words import words_of


@dataclass(frozen=True, kw_only=True)
class Line:
    """One relation as the page of one end shows it."""

    relation: Relation
    words: str
    there: Person | Company  # the other end
    note: str
    is_over: bool
    side: str  # whose page it is: person, other, company


def person_panel(request: Any, person: Person) -> str:
    """To other people and to companies."""
    found = relations_of_person(person, user=request.user)
    add = reverse("relations:add-to-person", args=[person.key])
    on = timezone.localdate()
    lines = [line_of(one, side=side_of(one, person), on=on) for one in found]
    return _panel(request, lines, add=add)


def company_panel(request: Any, company: Company) -> str:
    """People who worked there, advise it, or put money into it."""
    found = relations_of_company(company, user=request.user)
    add = reverse("relations:add-to-company", args=[company.key])
    on = timezone.localdate()
    return _panel(request, [line_of(one, side="company", on=on) for one in found], add=add)


def side_of(relation: Relation, person: Person) -> str:
    """Which end of it a person is."""
    return "other" if relation.other_id == person.pk else "person"


def line_of(relation: Relation, *, side: str, on: date) -> Line:
    over = is_over(is_past=relation.is_past, until=relation.until, on=on)
    there = relation.person if side != "person" else relation.other or relation.company
    return Line(
        relation=relation,
        words=words_of(relation.kind, is_back=side != "person", is_over=over),
        there=cast(Person | Company, there),
        note=", ".join(filter(None, [told_title(relation), days_of(relation)])),
        is_over=over,
        side=side,
    )


def days_of(relation: Relation) -> str:
    """From and until, as far as they are known."""
    since, until = relation.since, relation.until
    if since and until:
        return _("%(since)s to %(until)s") % {"since": whole_day(since), "until": whole_day(until)}
    if since:
        return _("since %(day)s") % {"day": whole_day(since)}
    return _("until %(day)s") % {"day": whole_day(until)} if until else ""


def _panel(request: Any, lines: list[Line], *, add: str) -> str:
    may_edit = request.user.may(EDIT_RELATIONS)
    if not lines and not may_edit:
        return ""
    context = {
        "present": [line for line in lines if not line.is_over],
        "past": [line for line in lines if line.is_over],
        "count": len(lines) or "",
        "add": add if may_edit else "",
        "may_edit": may_edit,
    }
    return render_to_string("relations/panel.html", context, request=request)
