"""What a rep does with a lead. Each act once, whatever is pressed twice."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.limits import read_masked
from baton.core.ui.formats import hour_words
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms import (
    ContactForm,
    DisqualifyForm,
    GiveForm,
    NeedForm,
    RejectForm,
    able_users,
)
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, MANAGE_HANDOFFS
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.views.leads import context_of
from baton.qualification.handoff.views.loading import Gone, find_lead, on_their_clock
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE

Act = Callable[[Handoff], str]  # does it, and says what was done


def answer(
    request: HtmxRequest,
    key: UUID,
    act: Act,
    *,
    form: forms.Form | None = None,
    undo_url: str | None = None,
) -> HttpResponse:
    """Find the lead, do it, go back to it; whoever came too late reads who has it now."""
    try:
        return _done_or_refused(request, key, act, form=form, undo_url=undo_url)
    except Gone as gone:  # before it was pressed, or in that moment
        say(request, str(gone))
        return go(request, reverse("handoff:desk"))


def undo_url_of(key: UUID) -> str:
    """Where an answer is taken back."""
    return reverse("handoff:undo", args=[key])


def _done_or_refused(
    request: HtmxRequest, key: UUID, act: Act, *, form: forms.Form | None, undo_url: str | None
) -> HttpResponse:
    """Refused: the desk again, with the form and why. Raises Gone."""
    user = user_of(request)
    handoff = find_lead(user, key)
    refusal = ""
    if form is None or form.is_valid():
        try:
            said = act(handoff)
        except RuleViolation as no:
            refusal = str(no)
        else:
            say(request, said, undo_url=undo_url)
            is_here = Handoff.objects.visible_to(user).filter(key=key).exists()
            desk = reverse("handoff:desk")
            return go(request, reverse("handoff:lead", args=[key]) if is_here else desk)
    read_masked()  # nothing is written any more: as the page shows it
    handoff = find_lead(user, key)
    context = context_of(request, user=user, handoff=handoff, refused=form, refusal=refusal)
    return page_or_partial(request, "handoff/desk.html", "desk", context, status=422)


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def accept(request: HtmxRequest, key: UUID) -> HttpResponse:
    user, now = user_of(request), timezone.now()

    def act(handoff: Handoff) -> str:
        done = actions.accept_handoff(handoff=handoff, by=user, at=now, batch=new_key())
        due = (
            hour_words(done.respond_due_at, now=now, is_inside=True) if done.respond_due_at else ""
        )
        return _("Yours. First response by %(due)s.") % {"due": due}

    return answer(request, key, act, undo_url=undo_url_of(key))


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def reject(request: HtmxRequest, key: UUID) -> HttpResponse:
    user, form = user_of(request), RejectForm(request.POST)

    def act(handoff: Handoff) -> str:
        values = form.cleaned_data
        done = actions.reject_handoff(
            handoff=handoff, by=user, at=timezone.now(), batch=new_key(), **values
        )
        if done.state == State.OFFERED:
            who = done.rep.name if done.rep else _("the queue")
            return _("It goes on to %(who)s.") % {"who": who}
        return _("Rejected. Marketing reads why.")

    return answer(request, key, act, form=form, undo_url=undo_url_of(key))


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def contact(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Log a call or mail; the clocks take it as what it is."""
    user, form = user_of(request), ContactForm(request.POST)

    def act(handoff: Handoff) -> str:
        kind, outcome = form.kind_and_outcome()
        note = form.cleaned_data["note"]
        actions.log_contact(
            handoff=handoff, kind=kind, outcome=outcome, note=note, by=user, at=timezone.now()
        )
        return _("Logged.")

    return answer(request, key, act, form=form)


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def need(request: HtmxRequest, key: UUID) -> HttpResponse:
    user, form = user_of(request), NeedForm(request.POST)

    def act(handoff: Handoff) -> str:
        values = form.cleaned_data
        actions.confirm_need(
            person=handoff.person, handoff=handoff, by=user, at=timezone.now(), **values
        )
        return _qualified(handoff.person)

    return answer(request, key, act, form=form)


def _qualified(person: Person) -> str:
    """And who was asked to take them over, where that is agreed."""
    said = _("%(who)s is an SQL.") % {"who": person}
    asked = Handoff.objects.open().to_executives().filter(person=person).select_related("rep")
    handed = asked.first()
    if handed is None:
        return said
    who = handed.rep.name if handed.rep else _("the queue")
    return said + " " + _("%(who)s has been asked to take over.") % {"who": who}


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def disqualify(request: HtmxRequest, key: UUID) -> HttpResponse:
    user, form = user_of(request), DisqualifyForm(request.POST)

    def act(handoff: Handoff) -> str:
        values = form.cleaned_data
        actions.disqualify(
            person=handoff.person, handoff=handoff, by=user, at=timezone.now(), **values
        )
        return _("Disqualified. Marketing reads why.")

    return answer(request, key, act, form=form)


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def rest_on(request: HtmxRequest, key: UUID) -> HttpResponse:
    """They came back too soon: the undo of a condition that came true."""
    user = user_of(request)

    def act(handoff: Handoff) -> str:
        rest = actions.let_rest_on(handoff=handoff, by=user, at=timezone.now())
        return _("%(who)s rests until %(day)s.") % {
            "who": handoff.person,
            "day": date_format(timezone.localtime(rest.until), "j F Y"),
        }

    return answer(request, key, act)


@requires(ANSWER_HANDOFFS)
@require_POST
@on_their_clock
def give(request: HtmxRequest, key: UUID) -> HttpResponse:
    """A manager gives a lead, which they could answer themself, to somebody."""
    user, form = user_of(request), GiveForm(request.POST)
    if not user.may(MANAGE_HANDOFFS):
        raise PermissionDenied

    def act(handoff: Handoff) -> str:
        get_object_or_404(Handoff.objects.visible_to(user, ANSWER_HANDOFFS), pk=handoff.pk)
        rep = _chosen(form)
        reason = form.cleaned_data["reason"]
        actions.give_to(handoff=handoff, rep=rep, by=user, at=timezone.now(), reason=reason)
        return _("%(who)s has been asked.") % {"who": rep}

    return answer(request, key, act, form=form)


def _chosen(form: GiveForm) -> User:
    return next(user for user in able_users() if str(user.key) == form.cleaned_data["rep"])


@requires(ANSWER_HANDOFFS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def person_need(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Need confirmed of somebody whom sales found itself: no handoff, the same verdict."""
    user, form = user_of(request), NeedForm(request.POST or None)

    def act(person: Person) -> str:
        actions.confirm_need(person=person, by=user, at=timezone.now(), **form.cleaned_data)
        return _qualified(person)

    return _conclude(request, key, form=form, act=act, template="handoff/person_need.html")


@requires(ANSWER_HANDOFFS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def person_disqualify(request: HtmxRequest, key: UUID) -> HttpResponse:
    user, form = user_of(request), DisqualifyForm(request.POST or None)

    def act(person: Person) -> str:
        actions.disqualify(person=person, by=user, at=timezone.now(), **form.cleaned_data)
        return _("Disqualified. Marketing reads why.")

    return _conclude(request, key, form=form, act=act, template="handoff/person_disqualify.html")


def _conclude(
    request: HtmxRequest,
    key: UUID,
    *,
    form: forms.Form,
    act: Callable[[Person], str],
    template: str,
) -> HttpResponse:
    seen = Person.objects.visible_to(user_of(request), EDIT_PEOPLE).living()
    person = get_object_or_404(seen, key=key)
    if request.method == "POST" and form.is_valid():
        try:
            said = act(person)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, said)
            return go(request, person.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"person": person, "form": form}, status=status)
