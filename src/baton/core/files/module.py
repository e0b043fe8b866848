"""What files plug into undo, timelines and the file of everything."""

from baton.core.changes.slots import tracked
from baton.core.files.actions import FILE
from baton.core.files.entries import ENTRIES
from baton.core.files.queries import contents_named
from baton.core.offers import ArchivePart, archive_parts, timeline_entries

tracked.add(FILE)
for entry in ENTRIES:
    timeline_entries.add(entry)
archive_parts.add(ArchivePart(app="files", contents=contents_named))
