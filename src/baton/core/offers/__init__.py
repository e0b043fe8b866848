"""What modules offer to modules that they may not name, in either direction.

A deal says how its facts are called and what may be asked of it; scoring and lists read the offers;
neither knows the other. What is stored keeps an offer's ``name``, so names are never changed.
"""

from baton.core.offers.archive import ArchivePart, archive_parts
from baton.core.offers.facts import Telling, TimelineEntry, Trigger, timeline_entries, triggers
from baton.core.offers.fields import FieldKind, FilterField, filter_fields
from baton.core.offers.imports import (
    Conflict,
    ImportCheck,
    ImportField,
    ImportFormat,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    RowRefused,
    Verdict,
    import_formats,
    import_targets,
    link_by,
    read_link,
)
from baton.core.offers.words import Label

__all__ = [
    "ArchivePart",
    "Conflict",
    "FieldKind",
    "FilterField",
    "ImportCheck",
    "ImportField",
    "ImportFormat",
    "ImportKind",
    "ImportRow",
    "ImportRun",
    "ImportStatus",
    "ImportTarget",
    "Label",
    "RowRefused",
    "Telling",
    "TimelineEntry",
    "Trigger",
    "Verdict",
    "archive_parts",
    "filter_fields",
    "import_formats",
    "import_targets",
    "link_by",
    "read_link",
    "timeline_entries",
    "triggers",
]
