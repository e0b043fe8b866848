"""What is proposed for somebody, beside the call and on the pages of records, and sent."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.colleagues.queries import find_record
from baton.core.editing.filling import record_to_fill
from baton.core.errors import RuleViolation
from baton.core.ui.back import back_of
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.records.material import actions
from baton.records.material.models import Material
from baton.records.material.permissions import SEND_MATERIAL, VIEW_MATERIAL
from baton.records.material.queries import material_beside, today_here
from baton.records.people.models import Person

MORE = 20  # on the page of their own


@requires(SEND_MATERIAL)
@require_GET
def for_person(request: HtmxRequest, key: UUID) -> HttpResponse:
    """All that fits somebody, and all that they were sent."""
    user = user_of(request)
    person = get_object_or_404(_people(request), key=key)
    context = material_beside(person, user=user, at=timezone.now(), most=MORE)
    return render(request, "material/person.html", context)


@requires(SEND_MATERIAL)
@require_POST
def send(request: HtmxRequest) -> HttpResponse:
    """Write down that the material of the form was sent to its person, in its deal."""
    user, now = user_of(request), timezone.now()
    material = get_object_or_404(
        Material.objects.visible_to(user), key=_key(request.POST.get("material", ""))
    )
    person = get_object_or_404(_people(request), key=_key(request.POST.get("person", "")))
    back = back_of(request, usual=person.get_absolute_url())
    try:
        _use, batch = actions.send_material(
            material=material,
            person=person,
            deal_id=_deal(request, person),
            by=user,
            at=now,
            today=today_here(now),
        )
    except RuleViolation as no:
        say(request, str(no))
        return go(request, back)
    words = _("“%(title)s” for %(name)s stands on the timeline.")
    words %= {"title": material, "name": person.full_name}
    say(request, words, undo_url=undo_of(batch))
    return go(request, back)


def call_panel(request: HttpRequest, person: Person) -> str:
    """Beside the call: what may be sent afterwards."""
    user = user_of(request)
    if not user.may(SEND_MATERIAL) or not user.may(VIEW_MATERIAL):
        return ""
    context = material_beside(person, user=user, at=timezone.now())
    return render_to_string("material/call.html", context, request=request)


def person_panel(request: HttpRequest, person: Person) -> str:
    """On the person's page."""
    context = material_beside(person, user=user_of(request), at=timezone.now())
    return render_to_string("material/panel.html", context, request=request)


def _people(request: HttpRequest) -> Any:
    return Person.objects.visible_to(user_of(request)).living().select_related("company")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _deal(request: HttpRequest, person: Person) -> int | None:
    """That of the page, else the newest open one that this user may edit."""
    user, key = user_of(request), _key(request.POST.get("deal", ""))
    named = find_record("deal", key, user=user, to_edit=False) if key else None
    if named:
        return int(named[1].pk)
    deal = record_to_fill("deal", person_id=person.pk, user=user)
    return int(deal.pk) if deal else None
