"""Make, edit and delete personas."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
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
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish_many
from baton.records.audience.events import PersonaChanged
from baton.records.audience.models import Persona
from baton.records.audience.permissions import EDIT_PERSONAS
from baton.records.audience.rules import MOST_SENTENCES, Known, clean_lines, unknown_places
from baton.records.people.rules import tidy

TEXTS = ("motivations", "pains", "objections", "sentences")
FIELDS = frozenset({"name", "rule", "position", *TEXTS})
ITSELF = "person.persona"
Ids = Collection[int]


class BadPersona(RuleViolation):
    """A name, a rule or sentences that a persona cannot have."""


class PersonaTaken(RuleViolation):
    """Another living persona has that name."""


@transaction.atomic
def create_persona(*, values: Mapping[str, Any], by: User | None, at: datetime) -> Persona:
    """A new persona, tried after all others unless ``position`` says so.

    Raises BadPersona, PersonaTaken and BadFilter.
    """
    latest = Persona.objects.living().aggregate(Max("position"))["position__max"]
    persona = Persona(position=1 if latest is None else latest + 1)
    _set(persona, values)
    persona.version = 1
    _save(persona)
    record_change(
        object_type="persona",
        object_id=persona.pk,
        verb="created",
        after={"name": persona.name},
        by=by,
        at=at,
    )
    _tell([persona.pk], by=by, at=at)
    return persona


@transaction.atomic
def edit_persona(
    *,
    persona: Persona,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
) -> Persona:
    """Set the fields that differ. Raises LostRace, BadPersona, PersonaTaken and BadFilter."""
    persona = Persona.objects.select_for_update().get(pk=persona.pk)
    before = {name: getattr(persona, name) for name in values}
    changed = _set(persona, values, version=version)
    if changed:
        _save(persona)
        record_change(
            object_type="persona",
            object_id=persona.pk,
            verb="edited",
            before={name: before[name] for name in changed},
            after={name: getattr(persona, name) for name in changed},
            by=by,
            at=at,
        )
        _tell([persona.pk], by=by, at=at)
    return persona


@transaction.atomic
def trash_personas(*, persona_ids: Ids, by: User | None, at: datetime) -> UUID:
    """Delete personas, to be undone by the batch that is returned."""
    moved = _put_away(persona_ids, by, at)
    return record_each(moved, object_type="persona", verb="deleted", by=by, at=at)


def _set(persona: Persona, values: Mapping[str, Any], *, version: int | None = None) -> list[str]:
    """Give it the values that differ; returns their names. Saves nothing."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    clean = {**values, **{name: clean_lines(values[name]) for name in TEXTS if name in values}}
    if "name" in clean:
        clean["name"] = tidy(clean["name"])
    changed = apply_edit(persona, values=clean, version=version)
    _refuse_nonsense(persona)
    return changed


def _refuse_nonsense(persona: Persona) -> None:
    if not 0 < len(persona.name) <= 80:
        raise BadPersona(_("Give the persona a name of at most 80 characters."))
    if len(persona.sentences) > MOST_SENTENCES:
        raise BadPersona(_("Keep the three best sentences: more are not read."))
    if unknown := unknown_places(persona.sentences):
        words = _("Nothing is known as {%(place)s}. A sentence may name %(known)s.")
        known = ", ".join(f"{{{one}}}" for one in Known)
        raise BadPersona(words % {"place": unknown[0], "known": known})
    if persona.rule is None:
        return
    rule = filters.parse(persona.rule, object_type="person")
    if ITSELF in {filters.key_of(condition.field) for condition in rule.conditions}:
        raise BadPersona(_("A persona's rule cannot ask which persona somebody is."))


def _save(persona: Persona) -> None:
    try:
        with transaction.atomic():
            persona.save()
    except IntegrityError as error:
        words = _("There is a persona called %(name)s already.")
        raise PersonaTaken(words % {"name": persona.name}) from error


def _tell(persona_ids: Ids, *, by: User | None, at: datetime) -> None:
    actor = by.pk if by else None
    publish_many(
        PersonaChanged(happened_at=at, actor_id=actor, persona_id=pk) for pk in persona_ids
    )


def _write(persona_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    persona = Persona.objects.select_for_update().get(pk=persona_id)
    if _set(persona, values):
        _save(persona)
        _tell([persona_id], by=by, at=at)


def _put_away(persona_ids: Ids, by: User | None, at: datetime) -> list[int]:
    ids = trash_rows(Persona.objects.filter(pk__in=persona_ids), at=at)
    _tell(ids, by=by, at=at)
    return ids


def _bring_back(persona_ids: Ids, by: User | None, at: datetime) -> list[int]:
    """Those whose name another has by now stay in the trash."""
    names = {name.lower() for name in Persona.objects.living().values_list("name", flat=True)}
    gone = Persona.objects.exclude(deleted_at=None).filter(pk__in=persona_ids)
    free = [persona.pk for persona in gone if persona.name.lower() not in names]
    ids = restore_rows(Persona.objects.filter(pk__in=free))
    _tell(ids, by=by, at=at)
    return ids


PERSONA = Tracked(
    object_type="persona",
    label="Persona",
    read=partial(read_fields, Persona),
    write=_write,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, _verb: Persona.objects.reached_by(user, EDIT_PERSONAS),
)
