"""Somebody says that a person stands elsewhere, and why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import NothingToUndo
from baton.core.errors import RuleViolation
from baton.core.facts import retract
from baton.core.fields.actions import obey_rules
from baton.core.keys import new_key
from baton.core.words import label_of
from baton.qualification.lifecycle import rules
from baton.qualification.lifecycle.actions.moves import NewMove
from baton.qualification.lifecycle.actions.moving import forget_moves, move_people
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import Stage
from baton.records.people.models import Person

BY_HAND = "by hand"


class NoReason(RuleViolation):
    """A move by hand says why."""


class NotAStage(RuleViolation):
    """None of ours."""


class SameStage(RuleViolation):
    """They stand there already."""


@transaction.atomic
def move_by_hand(*, person: Person, to_stage: str, reason: str, by: User, at: datetime) -> UUID:
    """Move a person forward or back; undone by the batch that is returned.

    Raises NoReason, NotAStage, SameStage, and NotAccepted where a rule refuses them there.
    """
    reason = reason.strip()[:250]
    if not reason:
        raise NoReason(_("Say why: a colleague will ask."))
    if to_stage not in set(Stage):
        raise NotAStage(_("There is no stage “%(stage)s”.") % {"stage": to_stage})
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    batch = new_key()
    move = NewMove(
        person_id=person.pk,
        to_stage=to_stage,
        at=at,
        is_back=rules.is_backward(_present(person), to=to_stage),
        reason=reason,
        batch=batch,
    )
    if not move_people(moves=[move], cause=BY_HAND, by=by):
        words = _("%(person)s is at “%(stage)s” already.")
        raise SameStage(words % {"person": person, "stage": label_of(to_stage)})
    obey_rules(Person, [person.pk], object_type="person", at=at, by=by)
    return batch


@transaction.atomic
def undo_move(*, batch: UUID, by: User, at: datetime) -> Person:
    """Take back what ``by`` moved by hand, as if it had not been. Raises NothingToUndo."""
    rows = StageChange.objects.filter(batch=batch, cause=BY_HAND, by=by).select_related("person")
    row = rows.first()
    if row is None:
        raise NothingToUndo(_("There is nothing to undo."))
    forget_moves(batches=[batch])
    retract(batch=batch, at=at)
    return row.person


def _present(person: Person) -> str:
    """From the history: a person whose first lead is still on its way has none."""
    present = StageChange.objects.filter(person=person, is_overtaken=False)
    return present.order_by("-place").values_list("to_stage", flat=True).first() or ""
