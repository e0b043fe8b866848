from baton.core.access.slots import user_marks
from baton.core.colleagues.entries import ENTRIES
from baton.core.colleagues.interests import HAS_PINS, pinned_by
from baton.core.colleagues.notices import SHARED
from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts, timeline_entries
from baton.core.ui.slots import pins

notice_kinds.add(SHARED)
user_marks.add(HAS_PINS)
pins.add(pinned_by)
archive_parts.add(ArchivePart(app="colleagues"))
for entry in ENTRIES:
    timeline_entries.add(entry)
