"""Tell the demo's story, be one of its cast, and take all of it away again."""

import logging
from datetime import datetime
from random import Random
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from baton.core.access.models import Share, User
from baton.core.changes.actions import record_change
from baton.core.changes.models import Change
from baton.core.demo.models import DemoRow
from baton.core.demo.queries import (
    CAST,
    demo_logins,
    may_switch,
    pointing_at,
    roots_by_model,
    seal_of,
)
from baton.core.demo.slots import Story, all_ground, chapters
from baton.core.errors import RuleViolation
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord, ParkedFact
from baton.core.keys import new_key

ABOUT = {"people.Person": "person_id", "people.Company": "company_id", "deals.Deal": "deal_id"}


logger = logging.getLogger(__name__)


class AlreadyTold(RuleViolation):
    """The demo is there already."""


class NotOneOfThem(RuleViolation):
    """Whoever asks may not be one of the demo's cast, or asks for one who is not of it."""


@transaction.atomic
def tell_story(*, at: datetime, seed: int = 7) -> Story:
    """Every module's chapter in order; facts get the origin "demo", root records are noted.

    Raises AlreadyTold.
    """
    if DemoRow.objects.exists():
        raise AlreadyTold("The demo company is here already. Remove it first: baton demo --remove")
    story = Story(at=at, dice=Random(seed))  # noqa: S311 -- dice of a story, not a secret
    with origin(Origin.DEMO, batch=new_key()):
        for chapter in sorted(chapters, key=lambda chapter: chapter.order):
            chapter.tell(story)
    note_roots(story)
    return story


def note_roots(story: Story) -> None:
    """What goes when the demo goes; of a login also what it is like now."""
    DemoRow.objects.bulk_create(
        [
            DemoRow(
                model=root._meta.label,
                object_id=root.pk,
                seal=seal_of(root) if isinstance(root, User) else "",
            )
            for root in story.roots
        ],
        ignore_conflicts=True,  # a chapter may keep a record that an earlier one kept
    )


@transaction.atomic
def become(*, who: User, by: User, behind: User | None, at: datetime) -> User:
    """``by`` goes on as ``who``, one of the demo's cast; written down as the act of ``behind``.

    ``behind`` is who signed in at first, while ``by`` is a role they play. Raises NotOneOfThem.
    """
    if not may_switch(by, behind=behind):
        raise NotOneOfThem(_("Only who is in charge here may be one of the demo's people."))
    if who not in demo_logins():
        raise NotOneOfThem(_("The demo has no such colleague."))
    note_switch(was=by, becomes=who, by=behind or by, at=at)
    return who


def note_switch(*, was: User, becomes: User, by: User, at: datetime) -> None:
    """In the history of changes, with names: the users go with the demo, this stays."""
    record_change(
        object_type="user",
        object_id=becomes.pk,
        verb="became",
        before={"name": was.name},
        after={"name": becomes.name, "by": by.name},
        by=by,
        at=at,
        cause="demo",
    )
    logger.info("User %s became user %s by the switch of user %s", was.pk, becomes.pk, by.pk)


@transaction.atomic
def remove_story() -> int:
    """Delete what the demo brought and all that hangs on it; returns how many root records went.

    Demo users who meanwhile own records that stay are kept, without a login; pipelines and the
    like, on which such records stand, as they are.
    """
    # Who comes second waits here, and then finds nothing.
    list(DemoRow.objects.select_for_update().order_by("pk").values_list("pk"))
    roots = roots_by_model()
    told = Q(origin=Origin.DEMO)
    for label, column in ABOUT.items():
        told |= Q(**{f"{column}__in": roots.get(label, [])})
    _forget_facts(FactRecord.objects.filter(told))
    count = sum(map(len, roots.values()))
    cast = [(model, roots.pop(model._meta.label, [])) for model in CAST]
    ground = [(model, roots.pop(model._meta.label, [])) for model in _parts_last(all_ground())]
    for label, ids in roots.items():
        _delete_with_all(apps.get_model(label)._base_manager.filter(pk__in=ids))
    kept = sum(_leave(model, ids) for model, ids in ground)
    for model, ids in cast:
        for one in model._base_manager.filter(pk__in=ids):
            _retire(one)
    DemoRow.objects.all().delete()
    for chapter in chapters:
        transaction.on_commit(chapter.clear)
    return count - kept


def _forget_facts(told: QuerySet[FactRecord]) -> None:
    ids = list(told.values_list("pk", flat=True))
    ParkedFact.objects.filter(fact__in=ids).delete()
    FactRecord.objects.filter(caused_by__in=ids).update(caused_by=None)
    FactRecord.objects.filter(pk__in=ids).delete()


def _delete_with_all(rows: QuerySet[Any]) -> None:
    """The rows, and first what points at them, protected or not."""
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return
    for hanging in pointing_at(rows.model, ids):
        _delete_with_all(hanging)
    rows.model._base_manager.filter(pk__in=ids).delete()
    _forget_named(rows.model, ids)


def _forget_named(model: type[models.Model], ids: list[int]) -> None:
    """What names its record by type and id, without a foreign key."""
    object_type = str(model._meta.verbose_name).replace(" ", "_")
    named = {"object_type": object_type, "object_id__in": ids}
    Change.objects.filter(**named).delete()
    Share.objects.filter(**named).delete()


def _parts_last(ground: set[type[models.Model]]) -> list[type[models.Model]]:
    """What is part of another kind of the ground goes, or stays, with that."""
    parts = {model for model in ground if _wholes(model) & (ground - {model})}
    return [*(ground - parts), *parts]


def _wholes(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.get_fields() if field.many_to_one}


def _leave(model: type[models.Model], ids: list[int]) -> int:
    """Delete what nothing stands on any more; returns how many stay."""
    wholes = _wholes(model) & (all_ground() - {model})
    if wholes:  # what is left of those stays with its whole
        return model._base_manager.filter(pk__in=ids).count()
    kept = 0
    for one in model._base_manager.filter(pk__in=ids):
        parts = [part for part in pointing_at(model, [one.pk]) if part.model in all_ground()]
        try:
            with transaction.atomic():
                for part in parts:
                    named = list(part.values_list("pk", flat=True))
                    part.delete()
                    _forget_named(part.model, named)
                pk = one.pk
                one.delete()
                _forget_named(model, [pk])
        except models.ProtectedError:
            kept += 1
    return kept


def _retire(one: models.Model) -> None:
    """Gone, unless something that stays still needs them: then a user without a login, a team."""
    try:
        with transaction.atomic():
            one.delete()
    except models.ProtectedError:
        if isinstance(one, User):
            one.is_active, one.email = False, None
            one.save(update_fields=["is_active", "email"])
