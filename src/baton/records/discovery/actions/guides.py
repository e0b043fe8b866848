"""Guides made, edited, put in order and thrown away."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    trash_rows,
)
from baton.core.editing.filling import targets
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.records.audience.actions import edit_for_personas, put_personas
from baton.records.audience.models import Persona
from baton.records.discovery.models import Guide
from baton.records.discovery.rules import BadGuide, Question, clean_questions
from baton.records.people.rules import tidy

FIELDS = frozenset({"name", "questions", "position"})


class GuideTaken(RuleViolation):
    """Another living guide has that name."""


@transaction.atomic
def create_guide(
    *,
    name: str,
    questions: Iterable[Question],
    personas: Iterable[Persona] = (),
    by: User | None,
    at: datetime,
) -> Guide:
    """A new guide, behind all others. Raises BadGuide and GuideTaken."""
    latest = Guide.objects.living().aggregate(Max("position"))["position__max"]
    guide = Guide(position=1 if latest is None else latest + 1)
    _set(guide, {"name": name, "questions": questions})
    guide.version = 1
    save_guide(guide)
    put_personas(guide, {persona.pk for persona in personas})
    record_change(
        object_type="guide",
        object_id=guide.pk,
        verb="created",
        after={"name": guide.name},
        by=by,
        at=at,
    )
    return guide


@transaction.atomic
def edit_guide(
    *,
    guide: Guide,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Guide:
    """Set those of name, questions, personas and position that differ.

    What was answered keeps the words in which it was asked. Raises LostRace, BadGuide, GuideTaken.
    """
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    told = edit_for_personas(guide, values, version=version, give=_set)
    if told:
        save_guide(guide)
        _record(guide, told, by=by, at=at, batch=batch)
    return guide


@transaction.atomic
def move_guide(*, guide: Guide, is_up: bool, by: User | None, at: datetime) -> UUID:
    """One place up or down in the order in which guides are tried; undone by its batch. One that
    was deleted meanwhile has no place."""
    batch = new_key()
    order = list(Guide.objects.select_for_update().living().order_by("position", "pk"))
    here = next((place for place, one in enumerate(order) if one.pk == guide.pk), len(order))
    there = here - 1 if is_up else here + 1
    if here < len(order) and 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for place, one in enumerate(order, start=1):
        edit_guide(guide=one, values={"position": place}, version=None, by=by, at=at, batch=batch)
    return batch


@transaction.atomic
def trash_guides(*, guide_ids: Collection[int], by: User | None, at: datetime) -> UUID:
    """Delete guides, to be undone by the batch that is returned; answers stay."""
    moved = trash_rows(Guide.objects.filter(pk__in=guide_ids), at=at)
    return record_each(moved, object_type="guide", verb="deleted", by=by, at=at)


def _set(guide: Guide, values: Mapping[str, Any], *, version: int | None = None) -> list[str]:
    """Give it the values that differ; returns their names. Saves nothing."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    clean = dict(values)
    if "name" in clean:
        clean["name"] = tidy(clean["name"])
        if not 0 < len(clean["name"]) <= 80:
            raise BadGuide(_("Give the guide a name of at most 80 characters."))
    if "questions" in clean:
        asked = clean_questions(clean["questions"], fillable=targets(), kept=guide.asked())
        clean["questions"] = [one.plain() for one in asked]
    return apply_edit(guide, values=clean, version=version)


def save_guide(guide: Guide) -> None:
    try:
        with transaction.atomic():
            guide.save()
    except IntegrityError as error:
        words = _("There is a guide called %(name)s already.")
        raise GuideTaken(words % {"name": guide.name}) from error


def _record(
    guide: Guide,
    told: Mapping[str, tuple[Any, Any]],
    *,
    by: User | None,
    at: datetime,
    batch: UUID | None,
) -> None:
    record_change(
        object_type="guide",
        object_id=guide.pk,
        verb="edited",
        before={name: old for name, (old, _new) in told.items()},
        after={name: new for name, (_old, new) in told.items()},
        by=by,
        at=at,
        batch=batch,
    )
