"""The bar of stages on a person's page, and moving a person by hand."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.access.visibility import reaches
from baton.core.editing.moving import is_move
from baton.core.errors import RuleViolation
from baton.core.ui.back import back_of
from baton.core.ui.formats import day_words
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.core.ui.shapes import Step
from baton.core.words import label_of
from baton.qualification.lifecycle import actions, queries
from baton.qualification.lifecycle.actions import BY_HAND
from baton.qualification.lifecycle.forms import MoveForm
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.permissions import MOVE_STAGES
from baton.qualification.lifecycle.queries import Standing
from baton.qualification.lifecycle.rules import HANDOFF, ORDER, Stage, rank
from baton.qualification.lifecycle.views.cards import CardMove
from baton.records.people.models import Person

OPTIONAL = HANDOFF | {Stage.SUBSCRIBER, Stage.EVANGELIST}  # drawn for those who were there


def stage_bar(request: Any, person: Person) -> str:
    """Where the person stands, how they came there, and the way to change it."""
    context = {
        "person": person,
        "steps": steps_of(person),
        "form": MoveForm(current=person.stage),
        "may_move": reaches(request.user, person, MOVE_STAGES),
    }
    return render_to_string("lifecycle/bar.html", context, request=request)


@requires(MOVE_STAGES)
@require_http_methods(["GET", "POST"])
def move(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Move a person forward or back, and say why."""
    user = cast(User, request.user)
    person = get_object_or_404(movable_people(user), key=key)
    hand_on = partial(actions.move_by_hand, person=person, by=user, at=timezone.now())
    if is_move(request):
        return CardMove(
            request=request,
            record=person,
            list_name="people",
            hand_on=hand_on,
            undo_url=lambda batch: reverse("lifecycle:undo", args=[batch]),
        ).answer()
    sent = request.POST if request.method == "POST" else None
    form = MoveForm(sent, current=person.stage)
    if form.is_valid():
        try:
            batch = hand_on(**form.cleaned_data)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            stage = label_of(form.cleaned_data["to_stage"])
            words = _("%(person)s is at “%(stage)s” now.") % {"person": person, "stage": stage}
            say(request, words, undo_url=reverse("lifecycle:undo", args=[batch]))
            return go(request, person.get_absolute_url())
    status = 422 if form.is_bound else 200
    context = {"person": person, "form": form}
    return page_or_partial(request, "lifecycle/move.html", "form", context, status=status)


@requires(MOVE_STAGES)
@require_POST
def undo(request: HtmxRequest, batch: UUID) -> HttpResponse:
    """Take back what one moved oneself."""
    user = cast(User, request.user)
    mine = StageChange.objects.filter(batch=batch, cause=BY_HAND, by=user)
    change = get_object_or_404(
        mine.filter(person__in=movable_people(user)).select_related("person")
    )
    actions.undo_move(batch=batch, by=user, at=timezone.now())
    say(request, _("Taken back."))
    return go(request, back_of(request, usual=change.person.get_absolute_url()))


def steps_of(person: Person) -> list[Step]:
    """The stages of this person's way: who never was marketing's has no MQL and no SAL."""
    standing = queries.standing_of(person)
    stages = [stage for stage in ORDER if stage not in OPTIONAL or _is_drawn(stage, standing)]
    if standing.stage is Stage.OTHER:
        stages.append(Stage.OTHER)
    return [_step(stage, person=person, standing=standing) for stage in stages]


def _is_drawn(stage: Stage, standing: Standing) -> bool:
    if stage in standing.reached or stage is standing.stage:
        return True
    return stage in HANDOFF and rank(standing.stage) < rank(stage) and standing.is_marketings


def _step(stage: Stage, *, person: Person, standing: Standing) -> Step:
    is_current = stage is standing.stage
    is_behind = stage in standing.reached and rank(stage) < rank(standing.stage)
    return Step(
        name=label_of(stage),
        note=_note(stage, person=person, standing=standing),
        state="current" if is_current else "done" if is_behind else "",
        is_pass=stage is Stage.SAL,
    )


def _note(stage: Stage, *, person: Person, standing: Standing) -> str:
    """When and why; of the present stage since when, of a lost one that they went back."""
    if stage in standing.reached.inferred:
        return _("not recorded")
    change = standing.latest.get(stage)
    if change is None:
        return ""
    on, today = timezone.localtime(change.at).date(), timezone.localdate()
    if stage is standing.stage:
        day = day_words(on, today=today, is_inside=True)
        return _since(day, days=queries.days_in_stage(person, at=timezone.now()))
    day = day_words(on, today=today)
    if rank(stage) > rank(standing.stage):
        return _("%(day)s, went back") % {"day": day}
    # How they became known stands beside it, with their source.
    cause = "" if stage is Stage.LEAD else standing.causes[stage]
    return ", ".join(filter(None, [day, _why(change) or cause]))


def _since(day: str, *, days: int) -> str:
    if days < 2:
        return _("since %(day)s") % {"day": day}
    words = ngettext("since %(day)s, %(days)d day", "since %(day)s, %(days)d days", days)
    return words % {"day": day, "days": days}


def _why(change: StageChange) -> str:
    if change.cause != BY_HAND:
        return ""
    by = change.by.name if change.by else _("by hand")
    return f"{by}: {change.reason}"


def movable_people(user: User) -> QuerySet[Person]:
    """Whom this user may move."""
    return Person.objects.visible_to(user, MOVE_STAGES)
