"""The people of a deal on its page: added, given a role, put first, removed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.limits import read_masked
from baton.core.search.finding import first_found
from baton.core.search.typed import asked_for
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial, waiting_toasts
from baton.core.ui.messages import say
from baton.records.people.models import Person
from baton.records.people.queries import BUYING_ROLES
from baton.sales.deals import actions
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries import Part, may_edit, people_of
from baton.sales.deals.rules import StageKind
from baton.sales.deals.rules.people import lacks
from baton.sales.deals.views.loading import deal_or_404, shown_deal_or_404
from baton.sales.deals.words import LACKS

FOUND = 6


@requires(EDIT_DEALS)
@require_http_methods(["GET", "POST"])
def add(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Search as one types; a press adds, as what their own page says they are."""
    if request.method == "GET":
        return _search(request, deal_or_404(request, key), user_of(request))
    words = _("%(person)s takes part in it.")
    return _do(request, key, _add, words=words)


@requires(EDIT_DEALS)
@require_POST
def role(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What somebody is in this very deal."""
    chosen = request.POST.get("role", "")
    return _do(request, key, partial(actions.set_role, role=chosen), words=_("Saved."))


@requires(EDIT_DEALS)
@require_POST
def primary(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Whose name stands first."""
    words = _("%(person)s is the primary person now.")
    return _do(request, key, actions.make_primary, words=words)


@requires(EDIT_DEALS)
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Takes no part any more; with a way back."""
    words = _("%(person)s was removed from the deal.")
    return _do(request, key, actions.remove_person, words=words)


def people_beside(deal: Deal, *, user: User) -> dict[str, Any]:
    """Those who take part, and whom an open deal lacks."""
    people = people_of(deal, user=user)
    is_open = deal.state == StageKind.OPEN
    missing = lacks([one.role for one in people], decides=deal.decision_maker) if is_open else []
    return {
        "people": people,
        "people_rows": [(one, BUYING_ROLES.get(one.role, one.role)) for one in people],
        "roles": BUYING_ROLES.items(),
        "lacks": [LACKS[lack] for lack in missing],
    }


def primary_seen(people: Sequence[Part]) -> Person | None:
    """The primary, if this user may see them: else their name stands without a link."""
    return next((one.person for one in people if one.is_primary and one.is_seen), None)


Act = Callable[..., Any]


def _add(*, deal: Deal, person: Person, **act: Any) -> Deal:
    return actions.add_person(deal=deal, person=person, role=person.buying_role, **act)


def _do(request: HtmxRequest, key: UUID, action: Act, *, words: str) -> HttpResponse:
    """To the person that the press names, with a way back. The card anew; where another one is the
    primary now, the whole page; without anybody named nothing happens."""
    deal, user, batch = deal_or_404(request, key), user_of(request), new_key()
    person = _person_named(request, user)
    if person is None:
        return go(request, deal.get_absolute_url())
    try:
        action(deal=deal, person=person, by=user, at=timezone.now(), batch=batch)
    except RuleViolation as no:
        say(request, str(no))
    else:
        said = words % {"person": person} if "%(" in words else words
        say(request, said, undo_url=reverse("deals:undo", args=[batch]))
    read_masked()  # nothing is written any more: as the page shows it
    fresh = shown_deal_or_404(request, deal.key)
    if not request.htmx or fresh.person_id != deal.person_id:
        return go(request, deal.get_absolute_url())
    context = {"deal": fresh, "may_edit": may_edit(fresh, user=user)}
    context |= people_beside(fresh, user=user)
    response = render(request, "deals/people.html", context)
    response.write(waiting_toasts(request))
    return response


def _search(request: HtmxRequest, deal: Deal, user: User) -> HttpResponse:
    """Without words the others of the company; those who take part already are not offered."""
    text = asked_for(request.GET)
    known = [one.person.pk for one in people_of(deal, user=user)]
    others = Person.objects.visible_to(user).exclude(pk__in=known)
    if text:
        found = first_found(others, text, most=FOUND)
    else:
        found = others.filter(company__isnull=False, company=deal.company_id).order_by("sort_key")
    context = {"deal": deal, "text": text, "found": found.select_related("company")[:FOUND]}
    return page_or_partial(request, "deals/add_person.html", "found", context)


def _person_named(request: HttpRequest, user: User) -> Person | None:
    """Raises Http404 for whom this user does not see."""
    named = request.POST.get("person") or request.GET.get("person", "")
    if not named:
        return None
    try:
        key = UUID(named)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(Person.objects.visible_to(user), key=key)
