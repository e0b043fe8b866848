"""One chunk: leave out what was imported just so before, hand the rest to its own module."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from django.core.serializers.json import DjangoJSONEncoder

from baton.core.bulk import one_of, row_maker
from baton.core.columns import Column, Same, insert_columns
from baton.core.offers import ImportRow, ImportRun, ImportStatus, Verdict
from baton.core.papers import writer
from baton.operations.exchange.actions.matching import Job
from baton.operations.exchange.models import ImportedRow
from baton.operations.exchange.rules.mapping import Mapped

CHUNK = 1000  # rows in a transaction
LEAD = "lead"
BEGUN = frozenset({LEAD, "subscriber", "other"})  # who is one of the others was never a lead
UNCHANGED = Verdict(ImportStatus.UNCHANGED)
_new_row = row_maker(ImportedRow)
MOMENTS = 4096  # of which many rows have the same


@lru_cache(maxsize=MOMENTS)
def _moment(at: datetime) -> Any:
    return DjangoJSONEncoder().default(at)


class _Encoder(DjangoJSONEncoder):
    """Writes the moments of a file, which are in UTC, once each."""

    def default(self, value: Any) -> Any:
        is_moment = value.__class__ is datetime and value.tzinfo is UTC
        return _moment(value) if is_moment else super().default(value)


_written = writer(_Encoder(sort_keys=True))

Item = TypeVar("Item")


class Ready(NamedTuple):
    """What can be made of an object before the database is asked: its row, and its stages."""

    row: ImportRow
    stages: Sequence[Mapping[str, Any]]


class Pending(NamedTuple):
    """An object to write, and the line it came from."""

    line: int
    mapped: Mapped
    digest: str = ""  # of what the line says, where that was found out
    ready: Ready | None = None  # where that was made ahead

    def row(self, shown: Mapping[str, Any] = MappingProxyType({})) -> ImportRow:
        """As its module wants it."""
        said = self.mapped
        return ImportRow(said.key, said.values, said.custom, said.also, shown)

    def followed_by(self, other: "Pending", *, dated: str, gathers: bool) -> "Pending":
        """With what a further line says of the same object."""
        if not other.mapped.says_anything:
            return self
        more = self.mapped.followed_by(other.mapped, dated=dated, gathers=gathers)
        return Pending(self.line, more)


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in portions."""
    rest = iter(items)
    while portion := list(islice(rest, size)):
        yield portion


def is_first(job: Job, run: ImportRun) -> bool:
    """Whether this source never brought such objects: then none of them says the same again."""
    rows = ImportedRow.objects.filter(source=run.source, object_type=job.recipe.type)
    return not rows.exists()


def changed_rows(job: Job, chunk: Sequence[Pending], run: ImportRun) -> list[Pending]:
    """Those that say something else than they said last, or that are new."""
    known = _known(job, chunk, run)
    return [one for one in chunk if _is_fresh(one, known, run)]


def write(job: Job, chunk: Sequence[Pending], run: ImportRun) -> list[Verdict]:
    """A verdict for each, in order; rows, effects and digests commit together."""
    digests = [one.digest or digest_of(one.mapped, run) for one in chunk]
    known = _known(job, chunk, run)
    fresh = [
        (place, one)
        for place, one in enumerate(chunk)
        if run.overwrites or known.get(one.mapped.key) != digests[place]
    ]
    verdicts = [UNCHANGED] * len(chunk)
    ready = [one.ready or make_ready(one, job, run) for _place, one in fresh]
    rows, stages = [one.row for one in ready], [one.stages for one in ready]
    told = job.target.upsert(rows, run) if rows else []
    for (place, _one), verdict in zip(fresh, told, strict=True):
        verdicts[place] = verdict
    _write_stages(job, fresh, stages, verdicts, run)
    said = {chunk[p].mapped.key: digests[p] for p, _ in fresh if _is_in(verdicts[p])}
    _remember(job, run, {key: digest for key, digest in said.items() if key not in known})
    _remember_anew(job, run, {key: digest for key, digest in said.items() if key in known})
    return verdicts


def make_ready(one: Pending, job: Job, run: ImportRun) -> Ready:
    """Its row as the module wants it, with the stage that somebody new shows, which is then written
    with them, and with what the module reads in it."""
    stages = _dated(one.mapped, run) if job.stages else ()
    row = one.row(job.stages.shows(stages)) if job.stages and job.stages.shows else one.row()
    if job.target.read:
        row = row._replace(read=job.target.read(row, run))
    return Ready(row, stages)


def _write_stages(
    job: Job,
    fresh: Sequence[tuple[int, Pending]],
    stages: Sequence[Sequence[Mapping[str, Any]]],
    verdicts: list[Verdict],
    run: ImportRun,
) -> None:
    """The dated stages of the people who came in; one that cannot be written fails its person.
    Those of whom this portion has made need no look at who that is, and what they were."""
    if job.stages is None:
        return
    rows: list[ImportRow] = []
    places: list[int] = []
    begun: dict[int, Sequence[Mapping[str, Any]]] = {}
    for (place, one), some in zip(fresh, stages, strict=True):
        verdict = verdicts[place]
        if verdict.made is not None and job.stages.begin:
            begun[verdict.made] = some
        elif _is_in(verdict):
            key = one.mapped.key
            rows += [ImportRow(f"{key}:{said['stage']}", {"person": key, **said}) for said in some]
            places += [place] * len(some)
    if begun and job.stages.begin:
        job.stages.begin(begun, run)
    for place, verdict in zip(places, job.stages.upsert(rows, run), strict=True):
        if not _is_in(verdict):
            verdicts[place] = verdict


def _dated(mapped: Mapped, run: ImportRun) -> list[Mapping[str, Any]]:
    """The stages of a person's row; whoever comes in is a lead since they became known."""
    if any(stage["stage"] in BEGUN for stage in mapped.stages):
        return list(mapped.stages)
    known_since = mapped.values.get("at") or run.at
    return [{"stage": LEAD, "at": known_since, "owner": None}, *mapped.stages]


def _is_in(verdict: Verdict) -> bool:
    return verdict.status is not ImportStatus.FAILED


def _is_fresh(one: Pending, known: Mapping[str, str], run: ImportRun) -> bool:
    key = one.mapped.key
    if run.overwrites or key not in known:
        return True
    return known[key] != (one.digest or digest_of(one.mapped, run))


def digest_of(mapped: Mapped, run: ImportRun) -> str:
    """By which one sees whether a row says the same again: in this import, or in a later one."""
    said = [run.currency, mapped.values, mapped.custom, mapped.stages]
    return hashlib.sha256(_written(said).encode()).hexdigest()


def _known(job: Job, chunk: Sequence[Pending], run: ImportRun) -> dict[str, str]:
    rows = ImportedRow.objects.filter(
        source=run.source,
        object_type=job.recipe.type,
        external_key__in=one_of(one.mapped.key for one in chunk),
    )
    return dict(rows.values_list("external_key", "digest"))


def _remember(job: Job, run: ImportRun, said: Mapping[str, str]) -> None:
    """What keys said that were never seen; one that another import brings meanwhile breaks the
    unique index, and the portion is written again."""
    columns: dict[str, Column] = {
        "source": Same(run.source),
        "object_type": Same(job.recipe.type),
        "external_key": [*said],
        "digest": [*said.values()],
        "batch": Same(run.batch),
    }
    insert_columns(ImportedRow, columns, count=len(said))


def _remember_anew(job: Job, run: ImportRun, said: Mapping[str, str]) -> None:
    if not said:
        return
    ImportedRow.objects.bulk_create(
        (
            _new_row(
                source=run.source,
                object_type=job.recipe.type,
                external_key=key,
                digest=digest,
                batch=run.batch,
            )
            for key, digest in said.items()
        ),
        update_conflicts=True,
        unique_fields=["source", "object_type", "external_key"],
        update_fields=["digest", "batch"],
    )
