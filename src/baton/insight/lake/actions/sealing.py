"""Turn what has become of the log into files. Files first, then the manifest in one transaction."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from baton.core.settings.queries import organisation_zone
from baton.insight.lake.actions.files import Written, discard, write_months
from baton.insight.lake.actions.manifest import enter, unchanged
from baton.insight.lake.actions.reach import reaches
from baton.insight.lake.models import LakeFile, Stream
from baton.insight.lake.queries.streams import SOURCES, Source
from baton.insight.lake.queries.undone import heard_by_all

BITE = 200_000  # rows of the log that become files at a time


def seal(name: str, *, at: datetime, least: int = 1) -> int:
    """What the stream has gained becomes files, bite by bite; says how many rows of the log were
    gone through.

    Fewer than ``least`` stay where they are. Several may seal at once: one of them counts, and the
    others begin anew when they are called again. Raises LakeUnwritable.
    """
    source, zone, heard = SOURCES[name], organisation_zone(), heard_by_all()
    stream = in_shape(name, source.shape(zone), at=at)
    if not stream.sealed:
        stream.swept = heard  # what was undone until now is in no file that begins now
    begun = end = stream.sealed
    for end, written in _written(source, begun, reaches(name, at=at), zone=zone, least=least):
        present = _take(stream, written, until=end, at=at)
        if present is None:
            discard(written)
            break
        stream = present
    return end - begun


def _written(
    source: Source, after: int, reach: int, *, zone: ZoneInfo, least: int
) -> Iterator[tuple[int, list[Written]]]:
    """The end of each bite, and its files. The next one is read while one is written: neither the
    database nor DuckDB needs Python for it. It is written once the former is in the manifest."""
    with ThreadPoolExecutor(1) as writer:
        former: tuple[int, Future[list[Written]]] | None = None
        while (until := min(reach, after + BITE)) - after >= least and until > after:
            lines = source.lines(source.between(after, until))
            if former is not None:
                yield former[0], former[1].result()
            former = until, writer.submit(write_months, source, lines, zone)
            after = until
        if former is not None:
            yield former[0], former[1].result()


def in_shape(name: str, shape: str, *, at: datetime) -> Stream:
    """The stream, emptied when its files were made for other columns or another zone."""
    stream = Stream.objects.get_or_create(name=name, defaults={"shape": shape})[0]
    if stream.shape != shape:
        forget(name, shape=shape, at=at)
        stream.refresh_from_db()
    return stream


@transaction.atomic
def forget(name: str, *, at: datetime, shape: str = "") -> None:
    """Nothing of the stream counts as sealed any more: a worker makes it anew from the log."""
    stream = Stream.objects.select_for_update().filter(name=name).first()
    if stream is not None:
        LakeFile.objects.current().filter(stream=stream).update(gone_at=at)
        stream.sealed, stream.swept, stream.shape = 0, 0, shape or stream.shape
        stream.version += 1
        stream.save()


@transaction.atomic
def _take(stream: Stream, written: list[Written], *, until: int, at: datetime) -> Stream | None:
    """Into the manifest, unless somebody changed it since the stream was looked at."""
    present = unchanged(stream)
    if present is not None:
        enter(stream, written, first=stream.sealed + 1, last=until, at=at)
        present.sealed, present.swept = until, stream.swept
        present.save(update_fields=["sealed", "swept"])
    return present
