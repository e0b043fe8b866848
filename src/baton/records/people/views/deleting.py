"""Into the trash, with a way back; and what is done to many people at once."""

from collections.abc import Collection
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires
from baton.core.access.permissions import Permission
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.records.people import actions
from baton.records.people.forms import MOST_ROWS, ChosenRows
from baton.records.people.models import Person
from baton.records.people.permissions import DELETE_COMPANIES, DELETE_PEOPLE, EDIT_PEOPLE
from baton.records.people.views.loading import (
    came_from,
    company_or_404,
    person_or_404,
    read_key,
    user_of,
)


@requires(DELETE_PEOPLE)
@require_POST
def delete_person(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One person, with Undo."""
    person = person_or_404(request, key, DELETE_PEOPLE)
    batch = actions.trash_people(people_ids=[person.pk], by=user_of(request), at=timezone.now())
    words = _("%(name)s is deleted.") % {"name": person}
    say(request, words, undo_url=reverse("changes:undo", args=[batch]))
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
    say(request, words, undo_url=reverse("changes:undo", args=[batch]))
    return go(request, reverse("people:companies"))


@requires(EDIT_PEOPLE)
@require_POST
def assign(request: HtmxRequest) -> HttpResponse:
    """Give the ticked people an owner."""
    chosen, left_out = _ticked(request, EDIT_PEOPLE)
    form = ChosenRows(request.POST)
    if not form.is_valid():
        raise Http404
    owner = form.cleaned_data["owner"]
    batch = actions.assign_owners(
        people_ids=chosen, owner=owner, by=user_of(request), at=timezone.now()
    )
    count = len(chosen)
    if owner:
        words = ngettext(
            "%(count)d person given to %(owner)s.", "%(count)d people given to %(owner)s.", count
        )
    else:
        words = ngettext(
            "%(count)d person without owner.", "%(count)d people without owner.", count
        )
    _tell(request, words % {"count": count, "owner": owner}, left_out=left_out, batch=batch)
    return go(request, came_from(request, otherwise=reverse("people:list")))


@requires(DELETE_PEOPLE)
@require_POST
def delete_many(request: HtmxRequest) -> HttpResponse:
    """The ticked people, with Undo."""
    chosen, left_out = _ticked(request, DELETE_PEOPLE)
    batch = actions.trash_people(people_ids=chosen, by=user_of(request), at=timezone.now())
    words = ngettext("%(count)d person deleted.", "%(count)d people deleted.", len(chosen))
    _tell(request, words % {"count": len(chosen)}, left_out=left_out, batch=batch)
    return go(request, came_from(request, otherwise=reverse("people:list")))


def _ticked(request: HtmxRequest, permission: Permission) -> tuple[Collection[int], int]:
    """Ids of the ticked people whom this user reaches, and how many others were ticked.

    404 when they reach none of them.
    """
    keys = {key for text in request.POST.getlist("row")[:MOST_ROWS] if (key := read_key(text))}
    reached = Person.objects.visible_to(user_of(request), permission).filter(key__in=keys)
    ids = list(reached.values_list("pk", flat=True))
    if not ids:
        raise Http404
    return ids, len(keys) - len(ids)


def _tell(request: HtmxRequest, words: str, *, left_out: int, batch: UUID) -> None:
    if left_out:
        more = ngettext(
            "%(count)d is not yours to change.", "%(count)d are not yours to change.", left_out
        )
        words = f"{words} {more % {'count': left_out}}"
    say(request, words, undo_url=reverse("changes:undo", args=[batch]))
