"""How a timeline tells of files."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from baton.core.files.events import FileAdded, FileRemoved
from baton.core.files.models import File
from baton.core.files.rules import size_words
from baton.core.offers import Telling, TimelineEntry
from baton.core.prepared import Prepared

_FILES = Prepared(lambda ids: File.objects.filter(pk__in=ids))


def _rows(facts: Sequence[FileAdded] | Sequence[FileRemoved]) -> dict[int, File]:
    return _FILES.by_id(ids={fact.file_id for fact in facts})


def tell_added(facts: Sequence[FileAdded]) -> Mapping[int, Telling]:
    """With the way to it; what was removed is told by its removal."""
    rows, told = _rows(facts), {}
    for fact in facts:
        row = rows.get(fact.file_id)
        if row is None or row.deleted_at:
            told[fact.id] = Telling(is_gone=True)
        else:
            title = _("File: %(name)s") % {"name": row.name}
            told[fact.id] = Telling(
                title=title, detail=size_words(row.size), url=row.get_absolute_url()
            )
    return told


def tell_removed(facts: Sequence[FileRemoved]) -> Mapping[int, Telling]:
    """Unless it is back."""
    rows, told = _rows(facts), {}
    for fact in facts:
        row = rows.get(fact.file_id)
        if row is not None and row.deleted_at is None:
            told[fact.id] = Telling(is_gone=True)
        elif row is not None:
            told[fact.id] = Telling(title=_("File removed: %(name)s") % {"name": row.name})
    return told


ENTRIES = (
    TimelineEntry(
        fact=FileAdded, icon="file", title=lambda fact: _("File added"), tell_many=tell_added
    ),
    TimelineEntry(
        fact=FileRemoved, icon="file", title=lambda fact: _("File removed"), tell_many=tell_removed
    ),
)
