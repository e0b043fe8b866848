"""Into the trash, with a way back."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.records.people import actions
from baton.records.people.permissions import DELETE_COMPANIES, DELETE_PEOPLE
from baton.records.people.views.loading import company_or_404, person_or_404


@requires(DELETE_PEOPLE)
@require_POST
def delete_person(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One person, with Undo."""
    person = person_or_404(request, key, DELETE_PEOPLE)
    batch = actions.trash_people(people_ids=[person.pk], by=user_of(request), at=timezone.now())
    words = _("%(name)s is deleted.") % {"name": person}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("people:list"))


@requires(DELETE_COMPANIES)
@require_POST
def delete_company(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One company, with Undo; its people stay."""
    company = company_or_404(request, key, DELETE_COMPANIES)
    batch = actions.trash_companies(
        company_ids=[company.pk], by=user_of(request), at=timezone.now()
    )
    words = _("%(name)s is deleted.") % {"name": company}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("people:companies"))
