"""What stands in the manifest is in the lake. Each change of it is one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from baton.insight.lake.actions.files import Written, discard
from baton.insight.lake.models import LakeFile, Stream


def unchanged(stream: Stream) -> Stream | None:
    """The stream, locked and marked as changed from here on; None if somebody changed it since."""
    rows = Stream.objects.filter(name=stream.name, version=stream.version)
    if not rows.update(version=stream.version + 1):
        return None
    return Stream.objects.select_for_update().get(name=stream.name)


def enter(
    stream: Stream, written: Sequence[Written], *, first: int, last: int, at: datetime
) -> None:
    """These files hold all rows of their months from ``first`` to ``last``."""
    LakeFile.objects.bulk_create(
        LakeFile(
            stream=stream,
            month=one.month,
            path=one.path,
            first=first,
            last=last,
            row_count=one.row_count,
            size=one.size,
            checksum=one.checksum,
            made_at=at,
        )
        for one in written
    )


def swap(
    stream: Stream, former: Collection[LakeFile], written: Sequence[Written], *, at: datetime
) -> bool:
    """Files of one month give way to what was made of their rows; unless somebody was faster, then
    what was made is thrown away. Readers of before may have the former ones open for a while."""
    with transaction.atomic():
        present = unchanged(stream)
        if present is not None:
            ids = [file.pk for file in former]
            LakeFile.objects.filter(pk__in=ids).update(gone_at=at)
            first, last = min(file.first for file in former), max(file.last for file in former)
            enter(stream, written, first=first, last=last, at=at)
    if present is None:
        discard(list(written))
    return present is not None
