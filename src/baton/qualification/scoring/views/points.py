"""The rules of the score, and why a person has theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core import filters
from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.offers import Label
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.scoring import actions
from baton.qualification.scoring.forms import RuleForm
from baton.qualification.scoring.matching import codes_in, form_names, in_order, shown
from baton.qualification.scoring.models import ScoreModel, ScoreRule
from baton.qualification.scoring.permissions import MANAGE_SCORES, VIEW_SCORES
from baton.qualification.scoring.queries import Trial, try_rule
from baton.qualification.scoring.rules import Kind
from baton.qualification.scoring.rules.models import About, State
from baton.qualification.scoring.views.shown import model_lines
from baton.qualification.scoring.words import asked_words, fact_label
from baton.records.people.models import Person
from baton.records.people.queries import people_matching


@dataclass(frozen=True)
class Line:
    """A rule, and for what it gives its points."""

    rule: ScoreRule
    words: Label


@requires(VIEW_SCORES)
@require_GET
def rules(request: HtmxRequest) -> HttpResponse:
    """All rules: who somebody is, and what they do."""
    user = user_of(request)
    rows = ScoreRule.objects.visible_to(user).counting().filter(model__is_main=True)
    off = ScoreRule.objects.visible_to(user).living().filter(is_active=False)
    idle = off.filter(model__is_main=True, model__state=State.LIVE, model__about=About.PERSON)
    lines = lines_of_rules([*rows, *idle.select_related("model").order_by("position", "pk")])
    context = {
        "models": model_lines(user),
        "engagement": [line for line in lines if line.rule.kind == Kind.ENGAGEMENT],
        "fit": [line for line in lines if line.rule.kind == Kind.FIT],
        "may_manage": user.may(MANAGE_SCORES),
    }
    return render(request, "scoring/rules.html", context)


def lines_of_rules(rules: Iterable[ScoreRule]) -> list[Line]:
    found = list(rules)
    names = form_names(codes_in(rule.match for rule in found))
    return [Line(rule, about(rule, names)) for rule in found]


def about(rule: ScoreRule, names: Mapping[str, str]) -> Label:
    """Whom, or what, the rule is about; forms by their ``names``."""
    if rule.kind == Kind.ENGAGEMENT:
        asked = (
            _("%(field)s “%(value)s”")
            % {"field": asked_words(name), "value": shown(name, value, names)}
            for name, value in in_order(rule.match)
        )
        return ", ".join([str(fact_label(rule.fact)), *asked])
    try:
        return filters.describe(filters.parse(rule.condition, object_type=rule.model.about))
    except filters.BadFilter:
        return _("Nobody: a field that it asks about is gone.")


@requires(MANAGE_SCORES)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """The form; without a key for a new rule of the main model."""
    seen = ScoreRule.objects.visible_to(user_of(request), MANAGE_SCORES).living()
    rule = get_object_or_404(seen.select_related("model"), key=key) if key else None
    return _edit(request, rule=rule, model=rule.model if rule else None)


@requires(MANAGE_SCORES)
@require_http_methods(["GET", "POST"])
def new_rule(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The form for a new rule of a model."""
    models = ScoreModel.objects.visible_to(user_of(request), MANAGE_SCORES)
    return _edit(request, rule=None, model=get_object_or_404(models, key=key))


def _edit(
    request: HtmxRequest, *, rule: ScoreRule | None, model: ScoreModel | None
) -> HttpResponse:
    """ "Try" says what it would give, and saves nothing."""
    user = user_of(request)
    form = RuleForm(request.POST or None, rule=rule, model=model)
    context: dict[str, Any] = {"form": form, "rule": rule, "back": back_of(model)}
    if request.method == "POST" and form.is_valid():
        try:
            values = form.values()
            if "try" in request.POST:
                context |= _try(form, values, user=user)
                return render(request, "scoring/edit.html", context)
            _save(form, values, user=user)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            is_live = model is None or model.state == State.LIVE
            anew = _("“%(name)s” is saved. Everybody is scored anew.")
            say(request, (anew if is_live else _("“%(name)s” is saved.")) % values)
            return go(request, back_of(model))
    status = 422 if request.method == "POST" else 200
    return render(request, "scoring/edit.html", context, status=status)


def back_of(model: ScoreModel | None) -> str:
    """Where the rules of that model stand."""
    is_first = model is None or (model.is_main and model.about == About.PERSON)
    is_shown = is_first and (model is None or model.state == State.LIVE)
    return reverse("scoring:rules") if is_shown or model is None else model.get_absolute_url()


def _save(form: RuleForm, values: dict[str, Any], *, user: User) -> None:
    at = timezone.now()
    if form.rule is None:
        actions.create_score_rule(values=values, by=user, at=at, model=form.model)
    else:
        version = form.cleaned_data["version"]
        actions.edit_score_rule(rule=form.rule, values=values, version=version, by=user, at=at)


def _try(form: RuleForm, values: dict[str, Any], *, user: User) -> dict[str, Any]:
    """The person found and what the rule would give them; ``trial`` is None for nobody."""
    people = people_matching(Person.objects.visible_to(user).living(), form.cleaned_data["person"])
    person = people.order_by("sort_key", "pk").first() if form.cleaned_data["person"] else None
    trial: Trial | None = None
    if person:
        trial = try_rule(ScoreRule(pk=0, **values), person, timezone.now())
    return {"is_trial": True, "tried": person, "trial": trial}


@requires(MANAGE_SCORES)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    user = user_of(request)
    seen = ScoreRule.objects.visible_to(user, MANAGE_SCORES).living()
    rule = get_object_or_404(seen, key=key)
    batch = actions.delete_score_rule(rule=rule, by=user, at=timezone.now())
    words = _("“%(name)s” is deleted. Everybody is scored anew.") % {"name": rule.name}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("scoring:rules"))
