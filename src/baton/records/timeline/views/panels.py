"""The timeline as a panel of the pages of people and companies."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from baton.records.people.models import Company, Person
from baton.records.timeline.queries import (
    subject_of_company,
    subject_of_person,
    timeline_shown,
)
from baton.records.timeline.slots import Subject


def person_panel(request: Any, person: Person) -> str:
    """Composer, open tasks and what happened with the person."""
    return _panel(request, subject_of_person(person))


def company_panel(request: Any, company: Company) -> str:
    """The same for a company and its people."""
    return _panel(request, subject_of_company(company, user=request.user))


def _panel(request: Any, subject: Subject) -> str:
    shown = timeline_shown(
        subject,
        user=request.user,
        at=timezone.now(),
        side=request.GET.get("side", ""),
        before=request.GET.get("before", ""),
    )
    return render_to_string("timeline/panel.html", {"timeline": shown}, request=request)
