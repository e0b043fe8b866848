"""Follow a record and pin it: each for oneself."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.slots import UserMark
from baton.core.bulk import update_rows
from baton.core.colleagues.models import Interest
from baton.core.colleagues.slots import RecordKind, record_kinds
from baton.core.errors import RuleViolation
from baton.core.facts import Fact
from baton.core.notices.slots import News, NoticeKind
from baton.core.offers import Label
from baton.core.prepared import Prepared
from baton.core.ui.slots import PinnedPlace

MOST_PINNED = 10
FOLLOWING = "following"  # in the address of a list
Rows = TypeVar("Rows", bound=QuerySet[Any])
_MINE = Prepared(
    lambda user, object_type, object_id: Interest.objects.filter(
        user=user, object_type=object_type, object_id=object_id
    )
)


class TooManyPinned(RuleViolation):
    """The sidebar has an end."""


@transaction.atomic
def set_followed(*, kind: RecordKind, record: Any, user: User, at: datetime | None) -> None:
    """``at`` None: no longer. Twice is once."""
    row = _row(kind, record, user)
    if (row.followed_at is None) != (at is None):
        row.followed_at = at
        row.save(update_fields=["followed_at"])


@transaction.atomic
def set_pinned(*, kind: RecordKind, record: Any, user: User, at: datetime | None) -> None:
    """On top of one's own pins, or away. Raises TooManyPinned."""
    User.objects.select_for_update().get(pk=user.pk)  # two at once would be one too many
    row = _row(kind, record, user)
    others = Interest.objects.filter(user=user).pinned().exclude(pk=row.pk)
    if at and others.count() >= MOST_PINNED:
        words = _("Up to %(n)s records can be pinned. Take one away first.")
        raise TooManyPinned(words % {"n": MOST_PINNED})
    row.pinned_at, row.position = at, None
    row.save(update_fields=["pinned_at", "position"])


def _row(kind: RecordKind, record: Any, user: User) -> Interest:
    row, _is_new = Interest.objects.get_or_create(
        user=user, object_type=kind.name, object_id=record.pk
    )
    return row


def interest_in(user: User, object_type: str, record: Any) -> Interest:
    """What the user wants of the record, for its page."""
    found = _MINE.first(user=user.pk, object_type=object_type, object_id=record.pk)
    return found or Interest(user=user, object_type=object_type, object_id=record.pk)


def among_followed(rows: Rows, asked: Mapping[str, Any], *, user: User, object_type: str) -> Rows:
    """Where the address asks for it, those that the user follows."""
    if not asked.get(FOLLOWING):
        return rows
    mine = Interest.objects.filter(user=user, object_type=object_type).followed()
    return rows.filter(pk__in=mine.values("object_id"))


# Who has none is not asked about on every page.
HAS_PINS = UserMark(
    name="has_pins",
    expression=lambda: Exists(Interest.objects.filter(user=OuterRef("pk")).pinned()),
)
_PINS = Prepared(lambda user: Interest.objects.filter(user=user).pinned().order_by("-pinned_at"))


def pinned_by(request: HttpRequest) -> Iterator[PinnedPlace]:
    """The sidebar's part, the latest first: a question for each kind that is pinned, and nothing of
    what the user does not see any more."""
    user = cast(User, request.user)
    if not getattr(user, "has_pins", False):
        return
    rows = _PINS.rows(user=user.pk)
    seen = _seen(user, rows)
    for row in rows:
        record = seen.get((row.object_type, row.object_id))
        kind = record_kinds.find(row.object_type)
        if record is not None and kind:
            url = record.get_absolute_url()
            yield PinnedPlace(
                str(record),
                url,
                kind.icon,
                request.path == url,
                name=f"{row.object_type}:{record.key}",
                position=row.position,
            )


def place_pins(request: HttpRequest, positions: Mapping[str, int]) -> None:
    """The records among them stand there from now on."""
    user = cast(User, request.user)
    rows = list(_PINS.rows(user=user.pk))
    seen = _seen(user, rows)
    named = {
        row.pk: f"{row.object_type}:{seen[_place(row)].key}" for row in rows if _place(row) in seen
    }
    values = {pk: {"position": positions[name]} for pk, name in named.items() if name in positions}
    update_rows(Interest, values, fields=["position"])


def _seen(user: User, rows: Iterable[Interest]) -> dict[tuple[str, int], Any]:
    wanted: dict[str, list[int]] = {}
    for row in rows:
        wanted.setdefault(row.object_type, []).append(row.object_id)
    found: dict[tuple[str, int], Any] = {}
    for name, ids in wanted.items():
        kind = record_kinds.find(name)
        if kind and user.may(kind.view):
            records = _reached(kind).rows(user=user, ids=ids)
            found |= {(name, record.pk): record for record in records}
    return found


@cache
def _reached(kind: RecordKind) -> Prepared[Any]:
    """Asked with every page of who has pins."""
    return Prepared(lambda user, ids: kind.reached(user, kind.view).filter(pk__in=ids))


def followed_notice(
    fact: type[Fact], *, label: Label, title: Label, many: Label, icon: str
) -> NoticeKind:
    """What those who follow a record are told of this kind of fact; not of their own acts."""
    return NoticeKind(
        name=f"followed.{fact.name}"[:40],
        label=label,
        title=title,
        many=many,
        icon=icon,
        many_url=lambda: reverse("notices:inbox"),
        fact=fact,
        tell=tell_followers,
        seen=_interests_seen,
    )


def tell_followers(facts: Sequence[Fact]) -> Iterator[News]:
    """Each once, of the record that they follow; as far as they see all that it is about."""
    for user, rows in _followers(facts):
        seen = _seen(user, [*rows, *_deals(facts)])
        for fact in facts:
            named = _named(fact)
            row = next((one for one in rows if _place(one) in named and _place(one) in seen), None)
            hides_deal = fact.deal_id and ("deal", fact.deal_id) not in seen
            if row and fact.actor_id != user.pk and not hides_deal:
                record = seen[_place(row)]
                yield News(
                    user_id=user.pk,
                    cause=f"fact {fact.id}",
                    what=str(record),
                    url=record.get_absolute_url(),
                    at=fact.happened_at,
                    about_id=row.pk,
                )


def _followers(facts: Sequence[Fact]) -> Iterator[tuple[User, list[Interest]]]:
    wanted: dict[str, set[int]] = {}
    for name, pk in (one for fact in facts for one in _named(fact)):
        wanted.setdefault(name, set()).add(pk)
    by_user: dict[User, list[Interest]] = {}
    for name, ids in wanted.items():
        rows = Interest.objects.followed().filter(object_type=name, object_id__in=ids)
        for row in rows.filter(user__is_active=True).select_related("user"):
            by_user.setdefault(row.user, []).append(row)
    yield from by_user.items()


def _deals(facts: Sequence[Fact]) -> list[Interest]:
    return [Interest(object_type="deal", object_id=fact.deal_id) for fact in facts if fact.deal_id]


def _named(fact: Fact) -> list[tuple[str, int]]:
    """What it tells of, the nearest first."""
    ids = {
        "deal": fact.deal_id,
        "person": fact.person_id,
        "campaign": fact.campaign_id,
        "company": fact.company_id,
    }
    return [(name, pk) for name, pk in ids.items() if pk]


def _place(row: Interest) -> tuple[str, int]:
    return row.object_type, row.object_id


def _interests_seen(user: User, ids: Collection[int]) -> Collection[int]:
    rows = list(Interest.objects.filter(user=user, pk__in=ids))
    seen = _seen(user, rows)
    return {row.pk for row in rows if _place(row) in seen}
