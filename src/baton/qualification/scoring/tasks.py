"""Scores that fade, and everybody's anew after an edit: in bites, each its own transaction."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from baton.core.facts import Origin, origin
from baton.core.jobs import BULK, every, policy
from baton.core.jobs.queue import calls_under_way
from baton.core.notices import actions as notices
from baton.qualification.scoring import actions, queries
from baton.qualification.scoring.models import Foresight, ScoreTrial
from baton.qualification.scoring.notices import DRIFT, drift_news
from baton.qualification.scoring.slots import scored_kinds

BITE = 300
TURN = 5  # seconds that a trial goes on before other jobs may come


@every("23 * * * *")
@task()
@policy(atomic=True, single=True)
def refresh_scores() -> None:
    """Show again whose figure has faded."""
    if actions.refresh_faded(at=timezone.now(), limit=BITE) == BITE:
        refresh_scores.enqueue()


@task(priority=BULK)
@policy(atomic=True, single=True)
def recompute_everybody(*, after: int = 0) -> None:
    """After an edit of the rules. Nobody is handed off by an edit: it is no news of theirs."""
    bite = queries.people_after(after, limit=BITE)
    with origin(Origin.REPLAY):
        actions.recompute_people(person_ids=bite, at=timezone.now())
    if len(bite) == BITE:
        recompute_everybody.enqueue(after=bite[-1])


@task(priority=BULK)
@policy(atomic=True, single=True)
def recompute_batch(*, batch: str, after: int = 0) -> None:
    """After an import was undone: what its facts gave is taken back."""
    bite = queries.people_of_batch(UUID(batch), after=after, limit=BITE)
    with origin(Origin.REPLAY):
        actions.recompute_people(person_ids=bite, at=timezone.now())
    if len(bite) == BITE:
        recompute_batch.enqueue(batch=batch, after=bite[-1])


@every("11 1 * * *")
@task(priority=BULK)
@policy(atomic=True, single=True)
def refit_by_day() -> None:
    """Conditions such as "in the last 30 days" age overnight."""
    if queries.has_windows():
        refit_everybody.enqueue()


@task(priority=BULK)
@policy(atomic=True, single=True)
def refit_everybody(*, after: int = 0) -> None:
    """One bite of the nightly question whom the fit rules are about."""
    bite = queries.people_after(after, limit=BITE)
    with origin(Origin.REPLAY):
        actions.refit_people(person_ids=bite, at=timezone.now())
    if len(bite) == BITE:
        refit_everybody.enqueue(after=bite[-1])


@task(priority=BULK)
@policy(atomic=True, single=True)
def recompute_records(*, about: str, after: int = 0) -> None:
    """One bite of all companies, or deals: their model changed, or a night has passed."""
    kind = scored_kinds.find(about)
    if kind is None:
        return
    rows = kind.rows().filter(pk__gt=after).order_by("pk")
    bite = list(rows.values_list("pk", flat=True)[:BITE])
    with origin(Origin.REPLAY):
        actions.score_records(kind=kind, ids=bite, at=timezone.now())
    if len(bite) == BITE:
        recompute_records.enqueue(about=about, after=bite[-1])


@every("26 1 * * *")
@task(priority=BULK)
@policy(single=True)
def recompute_records_by_night() -> None:
    """What they did fades, and people go from one company to another."""
    for kind in scored_kinds:
        if queries.model_about(kind.about):
            recompute_records.enqueue(about=kind.about)


@every("51 1 * * *")
@task(priority=BULK)
@policy(atomic=True, single=True)
def leave_out_staff() -> None:
    """Who came to work here, or got an address at home, has no score any more."""
    with origin(Origin.REPLAY):
        actions.recompute_people(person_ids=queries.scored_staff(), at=timezone.now())


@task(priority=BULK)
@policy(single=True, max_attempts=2)
def learn_foresight(*, foresight_id: int) -> None:
    """Minutes, in a process of its own: no transaction waits for it."""
    foresight = Foresight.objects.filter(pk=foresight_id).first()
    if foresight:
        actions.learn(foresight=foresight, at=timezone.now())


@every("*/5 * * * *")
@task()
@policy(single=True)
def end_lost_learnings() -> None:
    """Whose workers died each time: they are told as failed, and may be learned anew."""
    calls = calls_under_way(learn_foresight.module_path)
    actions.give_up(going=[call["foresight_id"] for call in calls], at=timezone.now())


@every("41 1 * * *")
@task(priority=BULK)
@policy(single=True)
def foretell_by_night() -> None:
    """People do other things each day; of a foresight that nobody uses nothing is said."""
    foretell_everybody.enqueue()


@task(priority=BULK)
@policy(atomic=True, single=True)
def foretell_everybody(*, after: int = 0) -> None:
    """One bite of the people whose chances are told."""
    reached = actions.foretell(after=after, limit=BITE, at=timezone.now())
    if reached is not None:
        foretell_everybody.enqueue(after=reached)


@every("17 4 * * 1")
@task(priority=BULK)
@policy(single=True)
def watch_drift() -> None:
    """Whether those who come now are still like those that were learned from."""
    at = timezone.now()
    foresight = actions.watch_drift(at=at)
    if foresight:
        notices.tell(DRIFT, drift_news(foresight, at=at))


@task(priority=BULK)
@policy(single=True)
def run_trial(*, trial_id: int) -> None:
    """One turn of a draft's trial on the past. How far it came is kept with each bite."""
    if actions.go_on(trial_id=trial_id, at=timezone.now(), for_seconds=TURN):
        run_trial.enqueue(trial_id=trial_id)


@every("*/5 * * * *")
@task()
@policy(single=True)
def resume_trials() -> None:
    """Those that no job runs any more, for its workers died each time; some times, then no more."""
    going = [call["trial_id"] for call in calls_under_way(run_trial.module_path)]
    for pk in ScoreTrial.objects.running().exclude(pk__in=going).values_list("pk", flat=True):
        if actions.resume_or_fail(trial_id=pk, at=timezone.now()):
            run_trial.enqueue(trial_id=pk)
