"""Territories: who answers for which part of the market."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core import filters
from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    trash_rows,
)
from baton.qualification.handoff.actions.owning import check_owner
from baton.qualification.handoff.actions.refusals import BadPool
from baton.qualification.handoff.models import Pool, Territory
from baton.qualification.handoff.rules import MOST_PREFIXES, territory_tree

FIELDS = ("name", *Territory.MARKS, "pool", "rep", "position", "is_active")
KIND = "territory"


@transaction.atomic
def save_territory(
    *,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    territory: Territory | None = None,
    version: int | None = None,
) -> Territory:
    """A new one, at the end unless a position is given, or a change. Raises BadPool, LostRace."""
    chosen = {name: values[name] for name in FIELDS if name in values}
    if territory is None:
        chosen.setdefault("position", _next_position())
        made = Territory(**chosen)
        check_territory(made)
        made.save()
        told = {name: getattr(made, name) for name in chosen}
        _record(made, verb="created", by=by, at=at, after=told)
        return made
    territory = Territory.objects.living().select_for_update(no_key=True).get(pk=territory.pk)
    before = {name: getattr(territory, name) for name in chosen}
    if changed := apply_edit(territory, values=chosen, version=version):
        check_territory(territory)
        territory.save()
        _record(
            territory,
            verb="edited",
            by=by,
            at=at,
            before={name: before[name] for name in changed},
            after={name: chosen[name] for name in changed},
        )
    return territory


def check_territory(territory: Territory) -> None:
    """Raises BadPool for what routing could not use."""
    if not territory.name.strip():
        raise BadPool(_("Give the territory a name."))
    check_owner(rep=territory.rep, pool=territory.pool)
    if len(territory.postcodes) > MOST_PREFIXES:
        raise BadPool(_("A territory takes %(most)d postcodes.") % {"most": MOST_PREFIXES})
    sizes = (territory.size_from, territory.size_to)
    if None not in sizes and sizes != tuple(sorted(size or 0 for size in sizes)):
        raise BadPool(_("The smallest size is larger than the largest."))
    tree = territory_tree(territory.marks())
    if tree is None:
        words = _("Say what lies in it: a country, region, postcode, industry or size.")
        raise BadPool(words)
    try:
        filters.parse(tree, object_type="person")
    except filters.BadFilter as bad:
        raise BadPool(str(bad)) from bad


def _next_position() -> int:
    latest = Territory.objects.living().last()
    return latest.position + 1 if latest else 1


@transaction.atomic
def delete_territory(*, territory: Territory, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned takes it out again."""
    moved = put_territories_away([territory.pk], at)
    return record_each(moved, object_type=KIND, verb="deleted", by=by, at=at)


def put_territories_away(ids: Collection[int], at: datetime) -> list[int]:
    """Without history, for the undo, which writes its own."""
    return trash_rows(Territory.objects.filter(pk__in=ids), at=at)


@transaction.atomic
def bring_territories_back(ids: Collection[int]) -> list[int]:
    """Raises BadPool while nobody could answer for one."""
    back = restore_rows(Territory.objects.filter(pk__in=ids))
    for territory in Territory.objects.filter(pk__in=back).select_related("pool", "rep"):
        check_owner(rep=territory.rep, pool=territory.pool)
    return back


@transaction.atomic
def write_territory_back(territory_id: int, values: Mapping[str, Any]) -> None:
    """Old values, for the undo. Raises BadPool."""
    territory = Territory.objects.select_for_update(no_key=True).get(pk=territory_id)
    live = dict(values)
    for name, model in (("pool", Pool), ("rep", User)):
        if live.get(name):
            live[name] = model.objects.get(pk=live[name])
    if apply_edit(territory, values=live):
        check_territory(territory)
        territory.save()


def _record(territory: Territory, **said: Any) -> None:
    record_change(object_type=KIND, object_id=territory.pk, **said)
