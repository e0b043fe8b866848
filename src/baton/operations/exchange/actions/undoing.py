"""A whole import is taken back, bite by bite; what stays is told, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.access.models import User
from baton.core.changes.actions import NothingToUndo, undo
from baton.core.changes.models import Change
from baton.core.facts import retract
from baton.core.fields.actions import clear_fields
from baton.core.offers import import_targets
from baton.operations.exchange.models import Import, ImportedRow
from baton.operations.exchange.rules.uploads import TO_UNDO, State

BITE = 500


def begin_undo(*, record: Import, by: User, at: datetime) -> bool:
    """Let the job take it back, in the name of whoever asks for it."""
    waiting = Import.objects.filter(pk=record.pk, state__in=TO_UNDO)
    count = Change.objects.filter(batch=record.batch, undone_at=None).count()
    begun = {"total": count, "done": 0, "started_at": at, "undone_by": by}
    return bool(waiting.update(state=State.UNDOING, **begun))


def undo_bite(*, import_id: int, at: datetime) -> bool:
    """The next records, newest first; whether there are more. What was made goes into the trash,
    fields get their old values back unless somebody changed them since."""
    record = Import.objects.select_related("undone_by").get(pk=import_id)
    if record.state != State.UNDOING:
        return False
    with transaction.atomic():
        count = min(Change.objects.filter(batch=record.batch, undone_at=None).count(), BITE)
        try:
            outcome = undo(
                batch=record.batch, by=record.undone_by, at=at, limit=BITE, is_patient=True
            )
        except NothingToUndo:
            _finish_undo(record, at=at)
            return False
        kept = Counter(record.report.get("kept_fields", {})) + Counter(outcome.kept_fields)
        report = record.report | {"kept_fields": kept}
        Import.objects.filter(pk=record.pk).update(done=F("done") + count, report=report)
    return True


def _finish_undo(record: Import, *, at: datetime) -> None:
    """Its facts stand no longer, and its keys are free: the same file makes new records."""
    retract(batch=record.batch, at=at)
    rows = ImportedRow.objects.filter(batch=record.batch)
    for target in import_targets:
        keys = list(
            rows.filter(object_type=target.object_type).values_list("external_key", flat=True)
        )
        for start in range(0, len(keys) if target.forget else 0, BITE):
            assert target.forget is not None  # noqa: S101 -- asked above
            target.forget(record.source, keys[start : start + BITE])
    _hand_back(rows, record)
    report = record.report | {"stays": [*_stays(record, at)]}
    mine = Import.objects.filter(pk=record.pk)
    mine.update(state=State.UNDONE, done=F("total"), finished_at=at, report=report, refusal="")


def _hand_back(rows: QuerySet[ImportedRow], record: Import) -> None:
    """To the import before, which may have made what this one only changed and is to free its key
    when it is taken back, too; what a file says of them next is new. Without one they are gone."""
    others = Import.objects.filter(source=record.source, pk__lt=record.pk, state__in=TO_UNDO)
    before = others.order_by("-pk").first()
    if before:
        rows.update(batch=before.batch, digest="")
    else:
        rows.delete()


def _stays(record: Import, at: datetime) -> Iterator[str]:
    """Takes back what has no history, and says what of all stays; own fields last, when nothing
    holds a value in them any more."""
    kept = record.report.get("kept_fields", {})
    called = _called(kept)
    for name, count in sorted(kept.items(), key=lambda one: called[one[0]].casefold()):
        words = ngettext(
            "“%(field)s” of %(n)s record stays as it is: somebody changed it since.",
            "“%(field)s” of %(n)s records stays as it is: somebody changed it since.",
            count,
        )
        yield words % {"field": called[name], "n": count}
    for target in import_targets:
        if target.clear:
            yield from target.clear(record.source, record.batch, at)
    yield from clear_fields(batch=record.batch, by=record.undone_by, at=at)


def _called(names: Iterable[str]) -> dict[str, str]:
    """Each in the words of screens, as files bring it."""
    labels = {one.name: str(one.label) for target in import_targets for one in target.fields}
    labels["custom"] = _("Own fields")
    plain = {name: name.removesuffix("_id") for name in names}
    return {
        name: labels.get(bare) or bare.replace("_", " ").capitalize()
        for name, bare in plain.items()
    }
