"""What the handoff shows in places of others: the person's page, the sidebar."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.core.ui.slots import Count
from baton.marketing.capture.models import Form
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.queries import agreement_in_force, executives_agreement
from baton.qualification.handoff.queries.desk import handoffs_of, waiting_for
from baton.qualification.handoff.queries.rests import condition_words
from baton.qualification.handoff.queries.shown import person_clocks
from baton.qualification.handoff.rules import State
from baton.qualification.lifecycle.rules import rank
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE

_HANDOFFS = Prepared(lambda person, user: handoffs_of(person, user=user)[:10])
_EDITED: Prepared[tuple[int]] = Prepared(
    lambda person, user: (
        Person.objects.visible_to(user, EDIT_PEOPLE)
        .filter(pk=person)
        .order_by()
        .values_list("pk")[:1]
    )
)
_REST = Prepared(
    lambda person: (
        Rest.objects.filter(person=person, ended_at=None)
        .select_related("return_to")
        .order_by("pk")[:1]
    )
)


def person_panel(request: HttpRequest, person: Person) -> str:
    """The handoffs of the person with their verdicts, a rest that runs, and an answer that is
    owed."""
    user = user_of(request)
    handoffs = _HANDOFFS.rows(person=person.pk, user=user)
    rest = _REST.first(person=person.pk)
    clocks = person_clocks(person.pk, user=user, now=timezone.now())
    if not handoffs and rest is None and not clocks:
        return ""
    context = {
        "handoffs": handoffs,
        "rest": rest,
        "rest_condition": condition_words(rest.condition) if rest else "",
        "rest_url": _rest_url(person, user=user) if rest else "",
        "clocks": clocks,
    }
    return render_to_string("handoff/person_panel.html", context, request=request)


def _rest_url(person: Person, *, user: User) -> str:
    """Where somebody who may changes it."""
    may = user.may(ANSWER_HANDOFFS) and _EDITED.rows(person=person.pk, user=user)
    return reverse("handoff:person-rest", args=[person.key]) if may else ""


def waiting(request: HttpRequest) -> Count | None:
    """How many leads wait for the user; red when one is late."""
    found = waiting_for(user_of(request), at=timezone.now())
    if not found.count:
        return None
    return Count(found.count, hue="red" if found.late else "gray")


def hand_on_url(person: Person) -> str:
    """Of who is an SQL, or has an open deal, where it is agreed."""
    if person.stage not in {"sql", "opportunity"} or executives_agreement() is None:
        return ""
    return reverse("handoff:person-hand-on", args=[person.key])


def hand_on_from_lead(handoff: Handoff) -> str:
    """Of one that an SDR has taken: qualified and handed on in one go, where it is agreed."""
    is_theirs = not handoff.is_to_executive and handoff.state == State.ACCEPTED
    has_bought = rank(handoff.person.stage) > rank("opportunity")
    if not is_theirs or has_bought or executives_agreement() is None:
        return ""
    return reverse("handoff:person-hand-on", args=[handoff.person.key])


def need_url(person: Person) -> str:
    """While the need is not confirmed yet."""
    is_before = person.stage in {"subscriber", "lead", "mql", "sal"}
    return reverse("handoff:person-need", args=[person.key]) if is_before else ""


def form_card(request: HttpRequest, form: Form) -> str:
    """What the agreement says of who sends this form; nothing before there is one."""
    agreement = agreement_in_force()
    if agreement is None:
        return ""
    context = {"raises": form.code in agreement.hand_raise_forms}
    return render_to_string("handoff/form_card.html", context, request=request)
