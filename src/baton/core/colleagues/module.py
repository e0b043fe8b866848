from baton.core.access.slots import user_marks
from baton.core.colleagues.entries import ENTRIES
from baton.core.colleagues.interests import HAS_PINS, pinned_by, place_pins
from baton.core.colleagues.notices import SHARED
from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts, timeline_entries
from baton.core.ui.slots import PinKind, pins

notice_kinds.add(SHARED)
user_marks.add(HAS_PINS)
pins.add(PinKind(found=pinned_by, place=place_pins))
archive_parts.add(ArchivePart(app="colleagues"))
for entry in ENTRIES:
    timeline_entries.add(entry)
