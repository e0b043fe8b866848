"""Whom an SDR qualified goes to an account executive: by hand, back with a reason, taken back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms import (
    HandOnForm,
    QualifyAndHandOnForm,
    ReturnForm,
    able_users,
)
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.queries import owes_need
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.views.answering import answer, undo_url_of
from baton.qualification.handoff.views.loading import on_their_clock
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def give_back(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Turned down: back to the SDR, or on to another executive."""
    user, form = user_of(request), ReturnForm(request.POST)

    def act(handoff: Handoff) -> str:
        done = actions.reject_handoff(
            handoff=handoff, by=user, at=timezone.now(), batch=new_key(), **form.cleaned_data
        )
        if done.state == State.OFFERED:
            return _("It goes on to %(who)s.") % {"who": _asked(done)}
        return _("Back to %(who)s, who reads why.") % {"who": done.handed_by}

    return answer(request, key, act, form=form, undo_url=undo_url_of(key))


def _asked(handoff: Handoff) -> str:
    return handoff.rep.name if handoff.rep else _("the queue")


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def take_back(request: HtmxRequest, key: UUID) -> HttpResponse:
    """By who handed on, while nobody has answered."""
    user = user_of(request)
    mine = Handoff.objects.to_executives().filter(handed_by=user)
    handoff = get_object_or_404(mine.select_related("person"), key=key)
    try:
        actions.take_back(handoff=handoff, by=user, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        say(request, _("%(who)s stays with you.") % {"who": handoff.person})
    return go(request, handoff.person.get_absolute_url())


@requires(ANSWER_HANDOFFS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def hand_on(request: HtmxRequest, key: UUID) -> HttpResponse:
    """By hand; whose need is not confirmed yet is qualified in the same go."""
    user = user_of(request)
    seen = Person.objects.visible_to(user, EDIT_PEOPLE).living()
    person = get_object_or_404(seen, key=key)
    is_qualified = not owes_need(person)
    kind = HandOnForm if is_qualified else QualifyAndHandOnForm
    form = kind(request.POST or None, by_id=user.pk)
    is_sent = request.method == "POST"
    if is_sent and form.is_valid():
        try:
            done = _do(person, form.cleaned_data, user=user)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            words = _("%(who)s has been asked.") % {"who": _asked(done)}
            say(request, words, undo_url=reverse("handoff:take-back", args=[done.key]))
            return go(request, person.get_absolute_url())
    context = {"person": person, "form": form, "is_qualified": is_qualified}
    return render(request, "handoff/person_hand_on.html", context, status=422 if is_sent else 200)


def _do(person: Person, values: dict[str, Any], *, user: User) -> Handoff:
    executive = next((one for one in able_users() if str(one.key) == values["executive"]), None)
    return actions.qualify_and_hand_on(
        person=person,
        need=values.get("need", ""),
        impact=values.get("impact", ""),
        note=values["note"],
        executive=executive,
        by=user,
        at=timezone.now(),
    )
