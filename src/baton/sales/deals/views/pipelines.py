"""The settings of pipelines: names, probabilities, order, stages in and out."""

from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.sales.deals import actions
from baton.sales.deals.forms import PipelineForm, RemoveStageForm, StageForm
from baton.sales.deals.models import Pipeline, Stage
from baton.sales.deals.permissions import MANAGE_PIPELINES
from baton.sales.deals.queries import deal_counts, pipelines, stages_of
from baton.sales.deals.rules import StageKind

PAGE = "deals/pipelines.html"


@requires(MANAGE_PIPELINES)
@require_http_methods(["GET", "POST"])
def pipelines_page(request: HtmxRequest) -> HttpResponse:
    """All pipelines with their stages; POST ``name`` adds one."""
    if request.method == "GET":
        return _page(request)
    form = PipelineForm(request.POST)
    if form.is_valid():
        try:
            actions.create_pipeline(name=form.cleaned_data["name"])
        except RuleViolation as refusal:
            form.add_error("name", str(refusal))
        else:
            say(request, _("Pipeline added."))
            return go(request, reverse("deals:pipelines"))
    return _page(request, new_form=form, status=422)


@requires(MANAGE_PIPELINES)
@require_POST
def rename(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Another name for a pipeline."""
    pipeline = _pipeline(key)
    form = PipelineForm(request.POST)
    if not form.is_valid():
        return _page(request, forms={pipeline.pk: form}, status=422)
    actions.rename_pipeline(pipeline=pipeline, name=form.cleaned_data["name"])
    say(request, _("Saved."))
    return go(request, reverse("deals:pipelines"))


@requires(MANAGE_PIPELINES)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """An empty pipeline goes; one with deals stays, and says so."""
    try:
        actions.trash_pipeline(pipeline=_pipeline(key), at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, error=str(refusal), status=409)
    say(request, _("Pipeline removed."))
    return go(request, reverse("deals:pipelines"))


@requires(MANAGE_PIPELINES)
@require_POST
def add_stage(request: HtmxRequest, key: UUID) -> HttpResponse:
    """An open stage before Won."""
    pipeline = _pipeline(key)
    form = StageForm(request.POST)
    if form.is_valid():
        try:
            actions.add_stage(
                pipeline=pipeline,
                name=form.cleaned_data["name"],
                probability=form.cleaned_data["probability"] or 0,
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, _("Stage added."))
            return go(request, reverse("deals:pipelines"))
    return _page(request, stage_forms={pipeline.pk: form}, status=422)


@requires(MANAGE_PIPELINES)
@require_POST
def edit_stage(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Name and probability; ``move`` = -1 or 1 puts it earlier or later instead."""
    stage = _stage(key)
    try:
        if request.POST.get("move") in {"-1", "1"}:
            actions.shift_stage(stage=stage, by_places=int(request.POST["move"]))
            return go(request, reverse("deals:pipelines"))
        form = StageForm(request.POST)
        if not form.is_valid():
            return _page(request, edits={stage.pk: form}, status=422)
        actions.edit_stage(
            stage=stage,
            name=form.cleaned_data["name"],
            probability=form.cleaned_data["probability"] or 0,
            version=form.cleaned_data["version"],
        )
    except RuleViolation as refusal:
        return _page(request, error=str(refusal), status=409)
    say(request, _("Saved."))
    return go(request, reverse("deals:pipelines"))


@requires(MANAGE_PIPELINES)
@require_http_methods(["GET", "POST"])
def remove_stage(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Where do its deals go? Then it is gone."""
    stage = _stage(key)
    form = RemoveStageForm(request.POST if request.method == "POST" else None, stage=stage)
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.remove_stage(
                stage=stage,
                move_to=form.cleaned_data["move_to"],
                by=user_of(request),
                at=timezone.now(),
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            moved = ngettext("%(n)s deal moved.", "%(n)s deals moved.", count) % {"n": count}
            say(request, f"{_('Stage removed.')} {moved}")
            return go(request, reverse("deals:pipelines"))
    context = {"stage": stage, "form": form, "count": deal_counts([stage]).get(stage.pk, 0)}
    status = 422 if form.errors else 200
    return render(request, "deals/remove_stage.html", context, status=status)


def _page(
    request: HtmxRequest,
    *,
    new_form: Form | None = None,
    forms: dict[int, Form] | None = None,
    stage_forms: dict[int, Form] | None = None,
    edits: dict[int, Form] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = pipelines()
    stages = {pipeline.pk: stages_of(pipeline) for pipeline in shown}
    counts = deal_counts([stage for some in stages.values() for stage in some])
    context = {
        "rows": [
            {
                "pipeline": pipeline,
                "form": (forms or {}).get(pipeline.pk)
                or PipelineForm(initial={"name": pipeline.name}, prefix=None),
                "add_form": (stage_forms or {}).get(pipeline.pk) or StageForm(),
                "stages": [
                    {
                        "stage": stage,
                        "count": counts.get(stage.pk, 0),
                        "is_open": stage.kind == StageKind.OPEN,
                        "form": (edits or {}).get(stage.pk) or _stage_form(stage),
                    }
                    for stage in stages[pipeline.pk]
                ],
            }
            for pipeline in shown
        ],
        "new_form": new_form or PipelineForm(),
        "error": error,
    }
    return render(request, PAGE, context, status=status)


def _stage_form(stage: Stage) -> StageForm:
    initial = {"name": stage.name, "probability": stage.probability, "version": stage.version}
    return StageForm(initial=initial, auto_id=f"stage-{stage.key}-%s")


def _pipeline(key: UUID) -> Pipeline:
    """Pipelines belong to the company: who may manage them sees all."""
    return get_object_or_404(Pipeline, key=key, deleted_at=None)


def _stage(key: UUID) -> Stage:
    return get_object_or_404(Stage.objects.living().select_related("pipeline"), key=key)
