"""The only place that writes saved views."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.bulk import update_rows
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    trash_rows,
)
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.saved.models import Pin, SavedView
from baton.core.saved.rules import LONGEST_NAME, LONGEST_STATE, Sharing, pairs_of, state_of

FIELDS = frozenset({"name", "state", "sharing"})
Ids = Collection[int]


class BadView(RuleViolation):
    """A name or a state that no view can have."""


class ViewTaken(RuleViolation):
    """One has a view of this list by that name."""


@transaction.atomic
def create_view(
    *,
    list_name: str,
    name: str,
    state: str,
    by: User,
    at: datetime,
    sharing: str = Sharing.PRIVATE,
) -> SavedView:
    """Keep a list as it stands. Raises BadView and ViewTaken."""
    view = SavedView(owner=by, list_name=list_name)
    _set(view, {"name": name, "state": state, "sharing": sharing})
    view.version = 1
    _save(view)
    record_change(
        object_type="saved_view",
        object_id=view.pk,
        verb="created",
        after={"name": view.name},
        by=by,
        at=at,
    )
    return view


@transaction.atomic
def edit_view(
    *,
    view: SavedView,
    values: Mapping[str, Any],
    version: int | None,
    by: User,
    at: datetime,
) -> UUID:
    """Set the fields that differ; the batch takes it back. Raises LostRace, BadView, ViewTaken."""
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    before = {name: getattr(view, name) for name in values}
    changed = _set(view, values, version=version)
    batch = new_key()
    if changed:
        _save(view)
        record_change(
            object_type="saved_view",
            object_id=view.pk,
            verb="edited",
            before={name: before[name] for name in changed},
            after={name: getattr(view, name) for name in changed},
            by=by,
            at=at,
            batch=batch,
        )
    return batch


@transaction.atomic
def trash_views(*, view_ids: Ids, by: User, at: datetime) -> UUID:
    """Delete views, to be undone by the batch; whoever pinned one has it back then, too."""
    moved = trash_rows(SavedView.objects.filter(pk__in=view_ids), at=at)
    return record_each(moved, object_type="saved_view", verb="deleted", by=by, at=at)


def pin_view(*, view: SavedView, user: User) -> None:
    """Into this user's sidebar; twice is once."""
    Pin.objects.get_or_create(view=view, user=user)


def unpin_view(*, view: SavedView, user: User) -> None:
    """Out of this user's sidebar; the view stays."""
    Pin.objects.filter(view=view, user=user).delete()


@transaction.atomic
def order_pins(*, user: User, positions: Mapping[str, int]) -> None:
    """By the keys of their views."""
    rows = Pin.objects.filter(user=user, view__key__in=positions).select_related("view")
    values = {row.pk: {"position": positions[str(row.view.key)]} for row in rows}
    update_rows(Pin, values, fields=["position"])


def _set(view: SavedView, values: Mapping[str, Any], *, version: int | None = None) -> list[str]:
    """Give it the values that differ; returns their names. Saves nothing."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    clean = dict(values)
    if "name" in clean:
        clean["name"] = " ".join(clean["name"].replace("\0", "").split())
    if "state" in clean:
        clean["state"] = state_of(pairs_of(clean["state"]))
    changed = apply_edit(view, values=clean, version=version)
    _refuse_nonsense(view)
    return changed


def _refuse_nonsense(view: SavedView) -> None:
    if not view.name:
        raise BadView(_("Give the view a name."))
    if len(view.name) > LONGEST_NAME:
        raise BadView(_("The name is longer than %(limit)d characters.") % {"limit": LONGEST_NAME})
    if len(view.state) > LONGEST_STATE:
        raise BadView(_("This view has more filters than can be kept."))
    if view.sharing not in set(Sharing):
        raise BadView(_("A view is private, the team's or everybody's."))


def _save(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        words = _("You have a view called %(name)s already.")
        raise ViewTaken(words % {"name": view.name}) from error


def _write(view_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    view = SavedView.objects.select_for_update().get(pk=view_id)
    if _set(view, values):
        _save(view)


def _bring_back(view_ids: Ids) -> list[int]:
    """One whose name its owner gave to another by now stays in the trash."""
    gone = SavedView.objects.exclude(deleted_at=None).filter(pk__in=view_ids)
    living = SavedView.objects.living().values_list("owner_id", "list_name", "name")
    taken = set(living.filter(owner__in=gone.values("owner")))
    ids = []
    for view in gone.order_by("pk"):
        if (named := (view.owner_id, view.list_name, view.name)) not in taken:
            taken.add(named)
            ids.append(view.pk)
    return restore_rows(SavedView.objects.filter(pk__in=ids))


VIEW = Tracked(
    object_type="saved_view",
    label="Saved view",
    read=partial(read_fields, SavedView),
    write=_write,
    trash=lambda ids, by, at: trash_rows(SavedView.objects.filter(pk__in=ids), at=at),
    restore=lambda ids, by, at: _bring_back(ids),
    reach=lambda user, _verb: SavedView.objects.own_of(user),
)
