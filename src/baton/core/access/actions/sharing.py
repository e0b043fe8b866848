"""Records opened to users and teams beyond their scope."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from baton.core.access.models import Share, Team, User


def share(
    *,
    object_type: str,
    object_id: int,
    cause: str,
    at: datetime,
    user: User | None = None,
    team: Team | None = None,
    may_edit: bool = True,
    by: User | None = None,
) -> None:
    """Open one record to a user or a team; once per cause."""
    # SQLite would pass over that as it does over what is shared already.
    assert (user is None) is not (team is None), "one reader, says the table"
    given = {"user": user, "team": team, "may_edit": may_edit, "shared_at": at, "shared_by": by}
    opened = Share(object_type=object_type, object_id=object_id, cause=cause, **given)
    Share.objects.bulk_create([opened], ignore_conflicts=True)


def share_with_teams(
    *, object_type: str, readers: Mapping[int, Iterable[User]], cause: str, at: datetime
) -> None:
    """By record's id to the teams of these users, or to the user alone who has no team."""
    same = {"object_type": object_type, "cause": cause, "may_edit": True, "shared_at": at}
    pairs = [(object_id, user) for object_id, users in readers.items() for user in users]
    opened = (
        Share(object_id=pk, team_id=user.team_id, user_id=None if user.team_id else user.pk, **same)
        for pk, user in pairs
    )
    Share.objects.bulk_create(opened, ignore_conflicts=True)


def share_each(*, object_type: str, readers: Mapping[int, User], cause: str, at: datetime) -> None:
    """By record's id to one user each."""
    same = {"object_type": object_type, "cause": cause, "may_edit": True, "shared_at": at}
    opened = (Share(object_id=pk, user=user, **same) for pk, user in readers.items())
    Share.objects.bulk_create(opened, ignore_conflicts=True)


def unshare(*, object_type: str, object_ids: Iterable[int], cause: str) -> None:
    """Take back what was opened for this cause; other causes keep theirs."""
    Share.objects.filter(object_type=object_type, object_id__in=object_ids, cause=cause).delete()
