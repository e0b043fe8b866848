"""Shares of records that become one: who saw either sees what they are now."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from baton.core.access.models import Share


def share_likewise(*, object_type: str, pairs: Mapping[int, int]) -> dict[int, list[int]]:
    """Open the second of each pair to whoever the first is open to; the new shares by first."""
    ids = {*pairs, *pairs.values()}
    rows = Share.objects.filter(object_type=object_type, object_id__in=ids).order_by("pk")
    taken = {(row.object_id, row.user_id, row.team_id, row.cause) for row in rows}
    opened: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        wanted = (pairs.get(row.object_id, 0), row.user_id, row.team_id, row.cause)
        if row.object_id in pairs and wanted not in taken:
            taken.add(wanted)
            born = row.object_id
            row.pk, row.object_id = None, pairs[born]
            row.save(force_insert=True)
            opened[born].append(row.pk)
    return opened


def take_back_shares(*, share_ids: Collection[int]) -> None:
    """Those that are still there."""
    Share.objects.filter(pk__in=share_ids).delete()
