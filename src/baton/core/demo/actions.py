"""Tell the demo's story, and take all of it away again."""

from datetime import datetime
from random import Random
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

from baton.core.access.models import Share, Team, User
from baton.core.changes.models import Change
from baton.core.demo.models import DemoRow
from baton.core.demo.slots import Story, chapters
from baton.core.errors import RuleViolation
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord, ParkedFact
from baton.core.keys import new_key

ABOUT = {"people.Person": "person_id", "people.Company": "company_id", "deals.Deal": "deal_id"}


class AlreadyTold(RuleViolation):
    """The demo is there already."""


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
    DemoRow.objects.bulk_create(
        [DemoRow(model=root._meta.label, object_id=root.pk) for root in story.roots],
        ignore_conflicts=True,  # a chapter may keep a record that an earlier one kept
    )
    return story


@transaction.atomic
def remove_story() -> int:
    """Delete what the demo brought and all that hangs on it; returns how many root records went.

    Demo users who meanwhile own records that stay are kept, without a login.
    """
    roots = _roots()
    told = Q(origin=Origin.DEMO)
    for label, column in ABOUT.items():
        told |= Q(**{f"{column}__in": roots.get(label, [])})
    _forget_facts(FactRecord.objects.filter(told))
    cast = [(model, roots.pop(model._meta.label, [])) for model in (User, Team)]
    for label, ids in roots.items():
        _delete_with_all(apps.get_model(label)._base_manager.filter(pk__in=ids))
    for model, ids in cast:
        for one in model._base_manager.filter(pk__in=ids):
            _retire(one)
    DemoRow.objects.all().delete()
    for chapter in chapters:
        transaction.on_commit(chapter.clear)
    return sum(map(len, roots.values())) + sum(len(ids) for _model, ids in cast)


def _roots() -> dict[str, list[int]]:
    roots: dict[str, list[int]] = {}
    for label, object_id in DemoRow.objects.values_list("model", "object_id"):
        roots.setdefault(label, []).append(object_id)
    return roots


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
    for relation in rows.model._meta.get_fields(include_hidden=True):
        # What is set to null is emptied by Django itself.
        if isinstance(relation, ForeignObjectRel) and relation.on_delete is not models.SET_NULL:
            manager = relation.related_model._base_manager
            _delete_with_all(manager.filter(**{f"{relation.field.name}__in": ids}))
    rows.model._base_manager.filter(pk__in=ids).delete()
    # Those name their record by type and id, without a foreign key.
    object_type = str(rows.model._meta.verbose_name).replace(" ", "_")
    named = {"object_type": object_type, "object_id__in": ids}
    Change.objects.filter(**named).delete()
    Share.objects.filter(**named).delete()


def _retire(one: User | Team) -> None:
    """Gone, unless something that stays still needs them: then a user without a login, a team."""
    try:
        with transaction.atomic():
            one.delete()
    except models.ProtectedError:
        if isinstance(one, User):
            one.is_active, one.email = False, None
            one.save(update_fields=["is_active", "email"])
