"""Personas: the list, one persona, its form, and who is which."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core import filters
from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.access.visibility import reaches
from baton.core.changes.actions import LostRace
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.records.audience import actions
from baton.records.audience.forms import AssignForm, PersonaForm
from baton.records.audience.models import Persona
from baton.records.audience.permissions import EDIT_PERSONAS, VIEW_PERSONAS
from baton.records.audience.queries import in_order, persona_of, rule_of, with_counts
from baton.records.audience.rules import Known, clean_lines, filled
from baton.records.audience.trying import try_sentences
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE


@requires(VIEW_PERSONAS)
@require_GET
def personas(request: HtmxRequest) -> HttpResponse:
    """All personas in the order in which their rules are tried."""
    user = user_of(request)
    rows = [
        (persona, rule_words(persona))
        for persona in in_order(with_counts(Persona.objects.visible_to(user)))
    ]
    context = {"rows": rows, "may_edit": user.may(EDIT_PERSONAS)}
    return render(request, "audience/personas.html", context)


@requires(VIEW_PERSONAS)
@require_GET
def persona(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What marketing knows of this kind of buyer."""
    user = user_of(request)
    persona = get_object_or_404(with_counts(Persona.objects.visible_to(user)), key=key)
    context = {
        "persona": persona,
        "rule_words": rule_words(persona),
        "may_edit": user.may(EDIT_PERSONAS),
    }
    return render(request, "audience/persona.html", context)


@requires(EDIT_PERSONAS)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """The form; without a key for a new persona."""
    user = user_of(request)
    seen = Persona.objects.visible_to(user, EDIT_PERSONAS)
    persona = get_object_or_404(seen, key=key) if key else None
    form = PersonaForm(request.POST or None, persona=persona)
    if "try" in request.POST:
        form.is_valid()  # what is wrong is said already
        return _edited(request, form, status=200)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(form, user=user)
        except LostRace:
            form.show_theirs(get_object_or_404(seen, key=key))
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("%(name)s is saved. Who fits is looked up now.") % {"name": saved})
            return go(request, saved.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    return _edited(request, form, status=status)


def _edited(request: HtmxRequest, form: PersonaForm, *, status: int) -> HttpResponse:
    """With the sentences tried on somebody: as they stand, or as they are typed just now."""
    who, persona = request.POST.get("who", "").strip()[:100], form.persona
    sentences = clean_lines(str(form["sentences"].value() or "").splitlines())
    tried = (
        try_sentences(
            sentences, persona=persona, who=who, user=user_of(request), now=timezone.now()
        )
        if sentences
        else None
    )
    context = {"form": form, "persona": persona, "tried": tried, "who": who}
    return render(request, "audience/edit.html", context, status=status)


@requires(EDIT_PERSONAS)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with Undo."""
    user = user_of(request)
    persona = get_object_or_404(Persona.objects.visible_to(user, EDIT_PERSONAS), key=key)
    batch = actions.trash_personas(persona_ids=[persona.pk], by=user, at=timezone.now())
    words = _("%(name)s is deleted.") % {"name": persona}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("audience:personas"))


@requires(EDIT_PEOPLE)
@require_POST
def assign(request: HtmxRequest, key: UUID) -> HttpResponse:
    """A colleague says which persona this person is, or leaves it to the rules."""
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user, EDIT_PEOPLE), key=key)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("There is no such persona."), status=422)
    chosen = form.cleaned_data["persona"]
    actions.assign_by_hand(person=person, persona=chosen, by=user, at=timezone.now())
    say(request, _("Persona saved."))
    return go(request, person.get_absolute_url())


def person_panel(request: HttpRequest, person: Person) -> str:
    """On the person's page: what hurts them, what to say, and why we think so."""
    user = user_of(request)
    belonging = persona_of(person)
    may_edit = reaches(user, person, EDIT_PEOPLE)
    by_hand = belonging.link.persona.key if belonging and belonging.link.is_by_hand else None
    context = {
        "person": person,
        "belonging": belonging,
        "sentences": _sayable(belonging.link.persona, person) if belonging else [],
        "form": AssignForm(initial={"persona": by_hand}) if may_edit else None,
    }
    return render_to_string("audience/person_panel.html", context, request=request)


def _sayable(persona: Persona, person: Person) -> list[str]:
    """As far as they can be said by what stands on the page."""
    known: dict[str, str] = {
        Known.FIRST_NAME: person.first_name,
        Known.COMPANY: person.company.name if person.company else "",
    }
    return [said for one in persona.sentences if (said := filled(one, known))]


def rule_words(persona: Persona) -> str:
    """The rule as a sentence; "" for none."""
    rule = rule_of(persona)
    return filters.describe(rule) if rule else ""


def _save(form: PersonaForm, *, user: User) -> Persona:
    at = timezone.now()
    if form.persona is None:
        return actions.create_persona(values=form.values(), by=user, at=at)
    return actions.edit_persona(
        persona=form.persona,
        values=form.values(),
        version=form.cleaned_data["version"],
        by=user,
        at=at,
    )
