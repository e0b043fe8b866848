"""Try a draft on the past: ask, go on bite by bite, stop. Nobody's score changes by it."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.bulk import insert_rows, seldom_tidied
from baton.core.errors import RuleViolation
from baton.core.facts.models import Cursor
from baton.qualification.scoring.models import ScoreModel, ScoreTrial, TrialPerson
from baton.qualification.scoring.queries.replay import Replay
from baton.qualification.scoring.queries.terms import live_version, terms_of
from baton.qualification.scoring.rules.models import About, State
from baton.qualification.scoring.rules.trials import DAYS, TrialState

BITE = 500  # people
RESUMES = 3  # in vain, one after the other: then it has failed
KEPT = 3  # trials of a model; earlier ones go when another is done
LARGEST = 30_000


class BadTrial(RuleViolation):
    """What was asked for cannot be tried."""


@transaction.atomic
def ask_for_trial(
    *, model: ScoreModel, days: int, threshold: int | None, by: User | None, at: datetime
) -> ScoreTrial:
    """A trial of the latest so many days, to be run by a job. Raises BadTrial."""
    model = ScoreModel.objects.living().select_for_update(of=("self",)).get(pk=model.pk)
    if model.about != About.PERSON or model.state == State.LIVE:
        raise BadTrial(_("Only drafts and former versions of models about people are tried."))
    if days not in DAYS or not (threshold is None or 0 < threshold <= LARGEST):
        raise BadTrial(_("Choose one of the periods, and a threshold above 0."))
    if model.trials.running().exists():
        raise BadTrial(_("This draft is being tried already: wait for it, or stop it."))
    used = live_version(model)
    return ScoreTrial.objects.create(
        model=model,
        since=at - timedelta(days=days),
        until=at,
        upto=Cursor.objects.filter(name=Cursor.LINE).values_list("position", flat=True).first()
        or 0,
        threshold=threshold if model.is_main else None,
        draft=terms_of(model),
        used=terms_of(used) if used else None,
        asked_at=at,
        by=by,
    )


def go_on(*, trial_id: int, at: datetime, for_seconds: float) -> bool:
    """Follow the next people, bite by bite, for about so long; False when nothing is left to do.

    What was read is written with how far it came, in one transaction a bite: a killed trial goes
    on from there. Nothing is locked while it reads.
    """
    began = perf_counter()
    with seldom_tidied():
        while (perf_counter() - began) < for_seconds:
            trial = ScoreTrial.objects.running().filter(pk=trial_id).first()
            if trial is None or not _do_bite(Replay(trial), at=at):
                return False
    return True


def _do_bite(replay: Replay, *, at: datetime) -> bool:
    """Whether there may be another one."""
    began = perf_counter()
    total = replay.trial.facts_total
    found = {"facts_total": replay.count_facts() if total is None else total}
    people = replay.next_people(BITE)
    rows, facts = replay.follow(people)
    return _keep(
        replay.trial,
        people=people,
        rows=rows,
        values={**found, "facts_done": replay.trial.facts_done + facts},
        began=began,
        at=at,
    )


@transaction.atomic
def _keep(
    trial: ScoreTrial,
    *,
    people: Collection[int],
    rows: Collection[TrialPerson],
    values: Mapping[str, Any],
    began: float,
    at: datetime,
) -> bool:
    """Unless somebody stopped it, or another worker was faster."""
    held = ScoreTrial.objects.select_for_update(of=("self",)).running().filter(pk=trial.pk).first()
    if held is None or held.cursor != trial.cursor:
        return False
    insert_rows(TrialPerson, rows)
    is_last = len(people) < BITE
    for name, value in values.items():
        setattr(held, name, value)
    held.cursor = max(people, default=held.cursor)
    held.people_done += len(people)
    held.seconds += perf_counter() - began
    held.resumes = 0
    if is_last:
        held.state, held.ended_at = TrialState.DONE, at
        _forget_earlier(held)
    held.save()
    return not is_last


@transaction.atomic
def resume_or_fail(*, trial_id: int, at: datetime) -> bool:
    """Of one that no job runs any more; whether a job may try once more."""
    trial = ScoreTrial.objects.running().filter(pk=trial_id)
    if trial.filter(resumes__gte=RESUMES).update(state=TrialState.FAILED, ended_at=at):
        TrialPerson.objects.filter(trial=trial_id).delete()
        return False
    return bool(trial.update(resumes=F("resumes") + 1))


@transaction.atomic
def stop_trial(*, trial: ScoreTrial, at: datetime) -> bool:
    """What was followed so far is thrown away; whether it was running."""
    stopped = ScoreTrial.objects.running().filter(pk=trial.pk)
    if not stopped.update(state=TrialState.STOPPED, ended_at=at):
        return False
    TrialPerson.objects.filter(trial=trial).delete()
    return True


def _forget_earlier(trial: ScoreTrial) -> None:
    """Those of the same model that tell nothing, and all but the latest that do."""
    others = ScoreTrial.objects.filter(model=trial.model_id).exclude(pk=trial.pk)
    done = others.filter(state=TrialState.DONE).order_by("-asked_at", "-pk")
    kept = list(done.values_list("pk", flat=True)[: KEPT - 1])
    others.exclude(pk__in=kept).exclude(state=TrialState.RUNNING).delete()
