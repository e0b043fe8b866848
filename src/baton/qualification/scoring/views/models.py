"""Models side by side: whom they are about, their versions, and how many stand in each grade."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.scoring import actions
from baton.qualification.scoring.forms import ModelForm
from baton.qualification.scoring.models import ScoreModel
from baton.qualification.scoring.permissions import MANAGE_SCORES, VIEW_SCORES
from baton.qualification.scoring.queries.matrix import matrix_of
from baton.qualification.scoring.rules import Kind
from baton.qualification.scoring.rules.models import About, State
from baton.qualification.scoring.views.points import lines_of_rules
from baton.qualification.scoring.views.shown import shown_model
from baton.qualification.scoring.views.trials import trial_card


@requires(VIEW_SCORES)
@require_GET
def model(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Its rules, its versions, and the sixteen grades with their people."""
    user = user_of(request)
    found = get_object_or_404(_seen(user).select_related("persona", "product"), key=key)
    line = _seen(user).filter(line=found.line).select_related("signed_by").order_by("-edition")
    lines = lines_of_rules(found.rules.living().order_by("position", "pk"))
    context = {
        **shown_model(found),
        "engagement": [line for line in lines if line.rule.kind == Kind.ENGAGEMENT],
        "fit": [line for line in lines if line.rule.kind == Kind.FIT],
        "versions": [shown_model(one) for one in line],
        "rows": matrix_of(found, user=user) if found.state == State.LIVE else [],
        "may_manage": user.may(MANAGE_SCORES),
        "may_stop": found.state == State.LIVE
        and not (found.is_main and found.about == About.PERSON),
        "is_live": found.state == State.LIVE,
        **trial_card(found, user=user),
    }
    return render(request, "scoring/model.html", context)


def _seen(user: User) -> QuerySet[ScoreModel]:
    return ScoreModel.objects.visible_to(user)


@requires(MANAGE_SCORES)
@require_http_methods(["GET", "POST"])
def edit_model(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """The form; without a key for a new model, which begins as a draft."""
    user = user_of(request)
    seen = ScoreModel.objects.visible_to(user, MANAGE_SCORES)
    found = get_object_or_404(seen, key=key) if key else None
    form = ModelForm(request.POST or None, model=found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(form, found, user=user)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("“%s” is saved.") % saved.name)
            return go(request, saved.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    return render(request, "scoring/model_edit.html", {"form": form, "model": found}, status=status)


def _save(form: ModelForm, found: ScoreModel | None, *, user: User) -> ScoreModel:
    at, values = timezone.now(), form.values()
    if found is None:
        about = form.cleaned_data["about"]
        return actions.create_score_model(about=about, values=values, by=user, at=at)
    version = form.cleaned_data["version"]
    actions.edit_score_model(model=found, values=values, version=version, by=user, at=at)
    return found


@requires(MANAGE_SCORES)
@require_POST
def draft(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The next version, with the same rules."""
    user = user_of(request)
    found = get_object_or_404(ScoreModel.objects.visible_to(user, MANAGE_SCORES), key=key)
    made = actions.draft_of(found, by=user, at=timezone.now())
    say(request, _("A draft with the same rules: nobody's score changes until you put it to use."))
    return go(request, made.get_absolute_url())


@requires(MANAGE_SCORES)
@require_POST
def use_model(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Put a draft to use, or a former version back."""
    user = user_of(request)
    found = get_object_or_404(ScoreModel.objects.visible_to(user, MANAGE_SCORES), key=key)
    note = request.POST.get("note", "")[:250]
    try:
        batch = actions.put_to_use(model=found, note=note, by=user, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        words = _("“%s” is in use. Everybody is scored anew.") % found.name
        say(request, words, undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())


@requires(MANAGE_SCORES)
@require_POST
def stop_use(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Nobody is scored by it any more."""
    user = user_of(request)
    found = get_object_or_404(ScoreModel.objects.visible_to(user, MANAGE_SCORES), key=key)
    try:
        batch = actions.stop_model(model=found, by=user, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        words = _("“%s” gives no points any more.") % found.name
        say(request, words, undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())
