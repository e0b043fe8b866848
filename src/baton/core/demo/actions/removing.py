"""Take away what the demo brought and all that hangs on it, a thousand rows at a time."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import transaction

from baton.core.bulk import bites
from baton.core.demo.actions.deleting import delete_rows, delete_with_all, leave, parts_last, retire
from baton.core.demo.models import DemoRow
from baton.core.demo.queries import CAST, roots_by_model
from baton.core.demo.slots import all_ground, chapters
from baton.core.facts import Origin
from baton.core.facts.models import FactRecord, ParkedFact

ABOUT = {"people.Person": "person_id", "people.Company": "company_id", "deals.Deal": "deal_id"}
Heard = Callable[[int, int], None]  # how many root records are gone, of how many


@transaction.atomic
def remove_story(*, told: Heard = lambda gone, of: None) -> int:
    """Delete what the demo brought and all that hangs on it; returns how many root records went.

    Demo users who meanwhile own records that stay are kept, without a login; pipelines and the
    like, on which such records stand, as they are.
    """
    # Who comes second waits here, and then finds nothing.
    DemoRow.objects.select_for_update().order_by("pk").first()
    roots = roots_by_model()
    _forget_facts(roots)
    count, gone = sum(map(len, roots.values())), 0
    cast = [(model, roots.pop(model._meta.label, [])) for model in CAST]
    ground = [(model, roots.pop(model._meta.label, [])) for model in parts_last(all_ground())]
    for label, ids in roots.items():
        for some in bites(ids):
            delete_with_all(apps.get_model(label), some)
            gone += len(some)
            told(gone, count)
    kept = sum(leave(model, ids) for model, ids in ground)
    for model, ids in cast:
        retire(model, ids)
    DemoRow.objects.all().delete()
    for chapter in chapters:
        transaction.on_commit(chapter.clear)
    return count - kept


def _forget_facts(roots: dict[str, list[int]]) -> None:
    """What was told with the demo, and what anybody told of its people, companies and deals."""
    for some in bites(_told_ids(roots)):
        ParkedFact.objects.filter(fact__in=some).delete()
        FactRecord.objects.filter(caused_by__in=some).update(caused_by=None)
        delete_rows(FactRecord.objects.filter(pk__in=some))


def _told_ids(roots: dict[str, list[int]]) -> Iterator[int]:
    # Read before the first is deleted: a statement that runs on would miss some.
    yield from list(FactRecord.objects.filter(origin=Origin.DEMO).values_list("pk", flat=True))
    for label, column in ABOUT.items():
        for some in bites(roots.get(label, ())):
            later = FactRecord.objects.filter(**{f"{column}__in": some})
            yield from list(later.exclude(origin=Origin.DEMO).values_list("pk", flat=True))
