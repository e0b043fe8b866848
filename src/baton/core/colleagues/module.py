from baton.core.colleagues.entries import ENTRIES
from baton.core.colleagues.notices import SHARED
from baton.core.notices.slots import notice_kinds
from baton.core.offers import timeline_entries

notice_kinds.add(SHARED)
for entry in ENTRIES:
    timeline_entries.add(entry)
