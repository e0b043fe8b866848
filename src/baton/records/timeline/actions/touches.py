"""The latest touch that people show: kept up fact by fact, made anew when one is taken back."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from baton.core.facts import Fact, Touch
from baton.core.facts.models import FactRecord
from baton.records.people.actions import show_many
from baton.records.people.models import Person
from baton.records.people.queries import born_as
from baton.records.timeline.models import Activity
from baton.records.timeline.queries.entries import people_now

CHUNK = 1000  # people looked at in one go


@transaction.atomic
def show_latest_touch(*, facts: Iterable[Fact]) -> None:
    """Of these facts, the latest touch of each person, where it is newer than what is shown.

    Safe in any order and twice; a merged person's old id counts for who they are now.
    """
    latest: dict[int, Fact] = {}
    for fact in facts:
        known = latest.get(fact.person_id or 0)
        if fact.touch is not Touch.NONE and (not known or fact.happened_at >= known.happened_at):
            latest[fact.person_id or 0] = fact
    latest.pop(0, None)
    _show_newer(latest)


@transaction.atomic
def refresh_latest_touch(*, person_ids: Collection[int]) -> None:
    """Make it anew from the fact log: what was taken back, or lies in the trash, is no touch."""
    owners = born_as(person_ids)
    gone = Activity.objects.exclude(deleted_at=None).filter(person_id__in=person_ids)
    rows = (
        FactRecord.objects.standing()
        .filter(person_id__in=owners)
        .exclude(touch=Touch.NONE)
        .exclude(
            name="activity.logged", payload__activity_id__in=list(gone.values_list("pk", flat=True))
        )
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=[F("person_id")],
                order_by=[F("happened_at").desc(), F("id").desc()],
            )
        )
        .filter(place=1)
        .order_by("happened_at", "pk")
    )
    shown: dict[int, dict[str, object]] = {
        pk: {"latest_touch": "", "latest_touch_at": None} for pk in person_ids
    }
    for row in rows:
        touch = {"latest_touch": row.as_fact().touch_name, "latest_touch_at": row.happened_at}
        shown[owners[row.person_id or 0]] = touch
    show_many(shown)


@transaction.atomic
def refresh_after_retraction(*, batches: Collection[UUID]) -> None:
    """The people of whom facts were taken back show the touch before it."""
    taken = FactRecord.objects.filter(batch__in=batches).exclude(touch=Touch.NONE)
    ids = sorted({pk for pk in taken.values_list("person_id", flat=True) if pk})
    for start in range(0, len(ids), CHUNK):
        refresh_latest_touch(person_ids=set(people_now(ids[start : start + CHUNK]).values()))


def _show_newer(latest: dict[int, Fact]) -> None:
    """Rows are locked in one order, so that two who write the same people cannot tie a knot."""
    owners = people_now(latest)
    people = Person.objects.select_for_update(no_key=True).filter(pk__in=set(owners.values()))
    shown_at = dict(people.order_by("pk").values_list("pk", "latest_touch_at"))
    newest: dict[int, Fact] = {}
    for born, fact in sorted(latest.items(), key=lambda item: item[1].happened_at):
        if born not in owners:
            continue  # gone for good
        owner = owners[born]
        before = shown_at.get(owner)
        if owner in shown_at and (before is None or fact.happened_at >= before):
            newest[owner] = fact
    show_many(
        {
            owner: {"latest_touch": fact.touch_name, "latest_touch_at": fact.happened_at}
            for owner, fact in newest.items()
        }
    )
