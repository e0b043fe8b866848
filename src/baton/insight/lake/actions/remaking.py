"""Make files anew from the log: what was undone, forgotten or broken is not in the new ones."""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby

from baton.core.settings.queries import organisation_zone
from baton.insight.lake.actions.files import write_months, write_together
from baton.insight.lake.actions.manifest import swap
from baton.insight.lake.actions.sealing import in_shape
from baton.insight.lake.models import LakeFile, Stream
from baton.insight.lake.queries.broken import broken_files
from baton.insight.lake.queries.finding import files_of_people, files_of_undone
from baton.insight.lake.queries.streams import SOURCES, of_file
from baton.insight.lake.queries.undone import heard_by_all
from baton.insight.lake.rules import worth_merging

logger = logging.getLogger(__name__)


def remake(file: LakeFile, *, at: datetime) -> set[str] | None:
    """The file's rows as the log has them now: paths of what took its place; None if somebody
    changed the manifest meanwhile. Raises LakeUnwritable.
    """
    source, zone = SOURCES[file.stream_id], organisation_zone()
    # Where the zone was changed since, the file's month is another one: then none counts any more.
    stream = in_shape(file.stream_id, source.shape(zone), at=at)
    if not LakeFile.objects.current().filter(pk=file.pk).exists():
        return None
    lines = source.lines(source.rows().filter(of_file(source, file, zone)).order_by(source.id))
    written = write_months(source, lines, zone)
    is_ours = swap(stream, [file], written, at=at)
    return {one.path for one in written} if is_ours else None


def sweep(name: str, *, at: datetime) -> int:
    """Take out of the files what was undone since they were sealed; says how many were made anew.

    Raises LakeUnwritable.
    """
    until = heard_by_all()
    stream = Stream.objects.filter(name=name).first()
    if stream is None or stream.swept >= until:
        return 0
    count = _remake_all(lambda: files_of_undone(name, until=until), at=at)
    stream.refresh_from_db()
    if not files_of_undone(name, until=until):
        # Of that version: what somebody sealed since may have been read before the undo.
        present = Stream.objects.filter(name=name, version=stream.version)
        present.update(swept=until, version=stream.version + 1)
    return count


def erase_people(
    *, person_ids: Collection[int], visitor_ids: Collection[int] = (), at: datetime
) -> int:
    """Forget in the files what the log has forgotten of these people and visitors: call it when the
    log has. Says how many files were made anew; the former ones go after a while.

    Raises LakeUnwritable.
    """
    find = partial(files_of_people, person_ids=person_ids, visitor_ids=visitor_ids)
    return sum(_remake_all(partial(find, name), at=at) for name in SOURCES)


def mend(name: str, *, at: datetime, is_thorough: bool = False) -> int:
    """Make anew what is missing or damaged; says how many files that were. Thorough is to read
    them. Raises LakeUnwritable.
    """
    files = LakeFile.objects.current().filter(stream=name)
    broken = broken_files(files, is_thorough=is_thorough)
    for file, why in broken:
        logger.warning("%s of the lake %s: it is made anew from the log", file.path, why)
    return sum(remake(file, at=at) is not None for file, _why in broken)


def merge(name: str, *, at: datetime) -> int:
    """Small files of a month become one; says how many gave way. Raises LakeUnwritable."""
    stream = Stream.objects.filter(name=name).first()
    files = list(LakeFile.objects.current().filter(stream=name))
    for month, group in groupby(files, key=lambda file: file.month):
        of_month = list(group)
        chosen = [of_month[at] for at in worth_merging([file.row_count for file in of_month])]
        # A file that was damaged must not become part of a sound one.
        if stream and chosen and not broken_files(chosen, is_thorough=True):
            written = write_together(name, month, [file.path for file in chosen])
            swapped = swap(stream, chosen, [written], at=at)
            return len(chosen) if swapped else 0
    return 0


def _remake_all(find: Callable[[], Sequence[LakeFile]], *, at: datetime) -> int:
    """Again and again until none is found that was not made here: others may merge meanwhile."""
    ours: set[str] = set()
    count = 0
    while fresh := [file for file in find() if file.path not in ours]:
        made = remake(fresh[0], at=at)
        ours |= made or set()
        count += made is not None
    return count
