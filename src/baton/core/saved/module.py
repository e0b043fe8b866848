"""What saved views plug into the shell and into undo."""

from baton.core.changes.slots import tracked
from baton.core.offers import ArchivePart, archive_parts
from baton.core.saved.actions import VIEW
from baton.core.saved.shown import pinned_by
from baton.core.ui.slots import pins

tracked.add(VIEW)
pins.add(pinned_by)
archive_parts.add(ArchivePart(app="saved"))
