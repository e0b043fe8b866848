"""How the lake stands: for the command, and for the doctor."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from baton.core.settings.queries import organisation_zone
from baton.insight.lake.models import LakeFile, Stream
from baton.insight.lake.queries.broken import broken_files
from baton.insight.lake.queries.streams import SOURCES


@dataclass(frozen=True)
class State:
    """One stream. ``waiting`` rows of the log are not sealed; ``broken`` files, each with why."""

    name: str
    files: int
    rows: int
    size: int
    waiting: int
    broken: list[str]


def states(*, is_thorough: bool = False) -> list[State]:
    """Of each stream; thorough is to read all files."""
    return [_state(name, is_thorough=is_thorough) for name in SOURCES]


def rows_sealed(name: str) -> int:
    """How many rows of the stream lie in files, about."""
    sealed = Stream.objects.filter(name=name).values_list("sealed", flat=True)
    return sealed.first() or 0


def _state(name: str, *, is_thorough: bool) -> State:
    source, stream = SOURCES[name], Stream.objects.filter(name=name).first()
    is_in_shape = stream is not None and stream.shape == source.shape(organisation_zone())
    sealed = stream.sealed if stream and is_in_shape else 0
    files = LakeFile.objects.current().filter(stream=name)
    sums = files.order_by().aggregate(Count("id"), Sum("row_count"), Sum("size"))
    return State(
        name=name,
        files=sums["id__count"],
        rows=sums["row_count__sum"] or 0,
        size=sums["size__sum"] or 0,
        waiting=source.rows().filter(**{f"{source.id}__gt": sealed}).count(),
        broken=[f"{file.path} {why}" for file, why in broken_files(files, is_thorough=is_thorough)],
    )
