"""Shares made by hand, and those of records that become one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from baton.core.access.models import Share, Team, User

BY_HAND = "by hand"  # the cause of a share that a colleague made


def share_likewise(*, object_type: str, pairs: Mapping[int, int]) -> dict[int, list[int]]:
    """Who saw either sees what they are now: open the second of each pair to whoever the first is
    open to; the new shares by first."""
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


def open_by_hand(
    *,
    object_type: str,
    object_id: int,
    user: User | None = None,
    team: Team | None = None,
    may_edit: bool,
    by: User,
    at: datetime,
) -> tuple[Share, bool | None]:
    """The share, and whether that reader might edit until now; None: it was not open by hand."""
    share, is_new = Share.objects.select_for_update().get_or_create(
        object_type=object_type,
        object_id=object_id,
        user=user,
        team=team,
        cause=BY_HAND,
        defaults={"may_edit": may_edit, "shared_at": at, "shared_by": by},
    )
    former = None if is_new else share.may_edit
    if former is not None and former != may_edit:
        share.may_edit = may_edit
        share.save(update_fields=["may_edit"])
    return share, former


def close_by_hand(
    *, object_type: str, object_id: int, user: User | None = None, team: Team | None = None
) -> bool | None:
    """Whether that reader might edit until now; None: it was not open by hand."""
    rows = Share.objects.filter(object_type=object_type, object_id=object_id, cause=BY_HAND)
    share = rows.filter(user=user, team=team).first()
    if share is None or not Share.objects.filter(pk=share.pk).delete()[0]:
        return None
    return share.may_edit


def shares_of(*, object_type: str, object_id: int) -> list[Share]:
    """To whom a record is open and why, in the order in which it was opened."""
    rows = Share.objects.filter(object_type=object_type, object_id=object_id)
    return list(rows.select_related("user", "team", "shared_by").order_by("shared_at", "pk"))
