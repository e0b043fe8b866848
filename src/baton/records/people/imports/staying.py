"""Companies of an import that was taken back, to which somebody else belongs by now."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import ngettext

from baton.core.changes.models import Change
from baton.records.people.actions import restore_companies
from baton.records.people.models import Company, Person

BITE = 500  # ids in one statement


def keep_companies(_source: str, batch: UUID, at: datetime) -> Iterator[str]:
    """Out of the trash with them: whoever came by another way, or by hand, would be at nobody's.
    One that somebody had deleted before stays there."""
    made = Change.objects.filter(object_type="company", batch=batch, verb="created")
    undone = Change.objects.filter(object_type="company", verb="deleted", cause="undo")
    trashed = Company.objects.exclude(deleted_at=None).filter(pk__in=made.values("object_id"))
    needed = trashed.filter(
        pk__in=undone.filter(object_id__in=Person.objects.living().values("company")).values(
            "object_id"
        )
    )
    if ids := list(needed.values_list("pk", flat=True)):
        for start in range(0, len(ids), BITE):
            restore_companies(company_ids=ids[start : start + BITE], by=None, at=at, cause="undo")
        words = ngettext(
            "%(n)s company stays: somebody belongs to it who did not come by this import.",
            "%(n)s companies stay: people belong to them who did not come by this import.",
            len(ids),
        )
        yield words % {"n": len(ids)}
