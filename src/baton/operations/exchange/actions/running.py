"""Run an import: a few hundred rows a transaction, so that a killed one goes on where it was."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, connection, transaction

from baton.core.access.models import User
from baton.core.bulk import seldom_tidied
from baton.core.facts import Origin, origin
from baton.core.fields.actions import ensure_field
from baton.core.fields.queries import fields_of
from baton.core.keys import new_key
from baton.core.offers import ImportKind, ImportRun, ImportStatus, Verdict, import_targets
from baton.core.settings.models import Organisation
from baton.core.settings.queries import organisation
from baton.core.sqlite.base import room_for_bulk
from baton.core.whence import Way, came_by
from baton.operations.exchange.actions.ahead import portions_ahead
from baton.operations.exchange.actions.checking import Checking, error_of
from baton.operations.exchange.actions.linking import each_link
from baton.operations.exchange.actions.matching import Job, plan
from baton.operations.exchange.actions.said import Said
from baton.operations.exchange.actions.writing import CHUNK, Pending, make_ready, write
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.mapping import Mapped
from baton.operations.exchange.rules.recipe import CUSTOM, Recipe
from baton.operations.exchange.rules.refusals import RowConflict
from baton.operations.exchange.rules.tally import Tally

RETRIES = 3  # two imports of one file at once: the second reads what the first has written
Progress = Callable[[int], None]


class _DryRun(Exception):
    """Takes everything back."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What a run that somebody looks at needs besides: its row, and who is told how far it is.

    ``counted`` hears how many objects there are, ``progress`` of each chunk and may raise to end
    the run; ``seen`` is called before a dry run is taken back, which writes ``most`` of a kind;
    ``ended`` when all is written, and before the run counts as done.
    """

    record: Import | None = None
    counted: Progress = lambda count: None
    progress: Progress = lambda count: None
    seen: Callable[[], None] = lambda: None
    ended: Callable[[Tally], None] = lambda tally: None
    most: int | None = None


def import_files(
    *,
    paths: Sequence[Path],
    recipe: Recipe,
    at: datetime,
    by: User | None = None,
    is_dry: bool = False,
    overwrites: bool = False,
    watch: Watch = Watch(),
) -> Tally:
    """Bring the files in; what became of each row. Raises Unusable before anything is written.

    ``overwrites``: where a record here says something else, the files are right.
    Imported history rings no phone: its facts carry the origin "import" and one batch.
    """
    with seldom_tidied(), room_for_bulk(connection):
        jobs = plan(paths, recipe)
        run = ImportRun(
            source=recipe.source,
            at=at,
            batch=watch.record.batch if watch.record else new_key(),
            currency=recipe.currency or organisation().base_currency,
            by_id=by.pk if by else None,
            joins=recipe.joins,
            overwrites=overwrites,
        )
        return _import_files(paths, recipe, jobs, run, is_dry=is_dry, watch=watch)


def _import_files(
    paths: Sequence[Path],
    recipe: Recipe,
    jobs: Sequence[Job],
    run: ImportRun,
    *,
    is_dry: bool,
    watch: Watch,
) -> Tally:
    tally = Tally()
    called = recipe.label or recipe.name
    with Said() as said, came_by(Way.IMPORT, name=called, by_id=run.by_id):
        checking = Checking(recipe, run, tally, said)
        checking.check(jobs, paths)
        watch.counted(tally.expected)
        if is_dry:
            with suppress(_DryRun), transaction.atomic():
                _write_all(jobs, checking, run, tally, watch)
                watch.seen()
                raise _DryRun
        else:
            record = watch.record or _open(paths, recipe, run)
            _write_all(jobs, checking, run, tally, watch)
            watch.ended(tally)
            _close(record, tally, at=run.at)
    return tally


def _write_all(
    jobs: Sequence[Job], checked: Checking, run: ImportRun, tally: Tally, watch: Watch
) -> None:
    seen: dict[str, set[str]] = {}
    for job in jobs:
        with origin(Origin.IMPORT, batch=run.batch):
            tally.own_fields.update(dict.fromkeys(_ensure_custom_fields(job)))
        pending: Iterator[Pending]
        pending = islice(_pending(job, jobs, checked.said, tally, seen), watch.most)
        if job.recipe.type in checked.first:  # elsewhere most may say the same again
            pending = (one._replace(ready=make_ready(one, job, run)) for one in pending)
        with portions_ahead(pending, CHUNK) as chunks:
            for chunk in chunks:
                _write_patiently(job, chunk, run, tally)
                watch.progress(len(chunk))


def _pending(
    job: Job, jobs: Sequence[Job], said: Said, tally: Tally, seen: dict[str, set[str]]
) -> Iterator[Pending]:
    """The objects of the good lines, each key once, with what the recipe's other parts say."""
    done = seen.setdefault(job.recipe.type, set())
    others = [one for one in jobs if one.recipe.type == job.recipe.type]
    is_told_more = len({id(one.recipe) for one in others}) > 1 or job.recipe.repeats
    told = _told(job, others, said, tally) if is_told_more else _good(job, said, tally)
    for one in told:
        if one.mapped.key not in done:
            done.add(one.mapped.key)
            yield one


def _told(job: Job, jobs: Sequence[Job], said: Said, tally: Tally) -> Iterator[Pending]:
    """The keys of this one of the jobs, where each comes first, with all that the files say of
    them: where two speak of one field, the first."""
    found: dict[str, Mapped] = {}
    mine: dict[str, Pending] = {}
    for other in jobs:
        together = _rows_together(other, said, tally)
        mine = together if other is job else mine
        for key, one in together.items():
            found[key] = found[key].filled_by(one.mapped) if key in found else one.mapped
    return (Pending(one.line, found[key]) for key, one in mine.items())


def _rows_together(job: Job, said: Said, tally: Tally) -> dict[str, Pending]:
    """What all rows of one file say of each key, and the first of them."""
    found: dict[str, Pending] = {}
    above = ""
    for one in _good(job, said, tally):
        key = one.mapped.key
        gathers = key == above or not job.part.continues
        first = found.get(key)
        found[key] = (
            first.followed_by(one, dated=job.recipe.dated, gathers=gathers) if first else one
        )
        above = key
    return found


def _good(job: Job, said: Said, tally: Tally) -> Iterator[Pending]:
    for one in said.by(job):
        if (job.sheet.name, one.line) not in tally.bad_lines:
            mapped = _linked(one.mapped, job, tally)
            yield one if mapped is one.mapped else Pending(one.line, mapped)


def _linked(mapped: Mapped, job: Job, tally: Tally) -> Mapped:
    """Without the links to what is not here, where the recipe lets them go."""
    if not tally.unlinked:
        return mapped
    gone: dict[str, list[str] | None] = {}
    for field in job.target.fields:
        of = import_targets.find(field.of) if field.kind is ImportKind.LINK else None
        links = each_link(mapped.values.get(field.name))
        if of is None:
            continue
        kept = [link for link in links if (field.of, of.alike(link)) not in tally.unlinked]
        if len(kept) < len(links):
            gone[field.name] = kept if field.is_many and kept else None
    return mapped._replace(values={**mapped.values, **gone}) if gone else mapped


def _write_patiently(job: Job, chunk: list[Pending], run: ImportRun, tally: Tally) -> None:
    is_beside = job.is_beside()
    for one, verdict in zip(chunk, _verdicts(job, chunk, run), strict=True):
        if verdict.status is ImportStatus.FAILED:
            tally.refuse(job.recipe.type, error_of(job, one.line, verdict))
        elif verdict.status is not ImportStatus.UNCHANGED or not is_beside:
            tally.count(job.recipe.type, str(verdict.status))
        for conflict in verdict.conflicts:
            said = {"field": conflict.field, "ours": conflict.ours, "theirs": conflict.theirs}
            said["name"] = one.mapped.called
            tally.contradict(RowConflict(file=job.sheet.name, line=one.line, **said))


def _verdicts(job: Job, chunk: list[Pending], run: ImportRun) -> list[Verdict]:
    for _attempt in range(RETRIES - 1):
        try:
            return _commit(job, chunk, run)
        except IntegrityError:
            continue  # another import met the same keys at once: now we see what it wrote
    return _commit(job, chunk, run)


def _commit(job: Job, chunk: list[Pending], run: ImportRun) -> list[Verdict]:
    with transaction.atomic(), origin(Origin.IMPORT, batch=run.batch):
        # One portion at a time, as in SQLite: who brings somebody second finds whom the first made.
        Organisation.objects.select_for_update().first()
        return write(job, chunk, run)


def _ensure_custom_fields(job: Job) -> list[str]:
    """What those are called that were not there before."""
    here = {one.code for one in fields_of(job.recipe.type)}
    labels: list[str] = []
    for name, spec in job.recipe.fields.items():
        code = name.removeprefix(CUSTOM)
        if name.startswith(CUSTOM) and (code in job.filled or not job.part.known_by):
            label = spec.label or code.replace("_", " ").capitalize()
            known = ensure_field(
                object_type=job.recipe.type, code=code, label=label, kind=spec.kind
            )
            labels += [] if code in here else [known.label]
    return labels


@transaction.atomic
def _open(paths: Sequence[Path], recipe: Recipe, run: ImportRun) -> Import:
    # Whoever was killed cannot say so. One that runs beside us says "done" when it ends.
    Import.objects.filter(state="running", is_uploaded=False).update(state="stopped")
    return Import.objects.create(
        recipe=recipe.name,
        source=recipe.source,
        files=[path.name for path in paths],
        batch=run.batch,
        started_at=run.at,
        by_id=run.by_id,
    )


@transaction.atomic
def _close(record: Import, tally: Tally, *, at: datetime) -> None:
    record.state, record.finished_at = "done", at
    record.totals, record.objects_in = tally.totals(), tally.by_object()
    record.save()
