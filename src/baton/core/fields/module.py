"""What a company's own fields plug into lists and into the history."""

from baton.core.changes.slots import tracked
from baton.core.fields.actions import FIELD, LIMIT, RULE
from baton.core.fields.asked import own_fields_of
from baton.core.filters.fields import own_fields
from baton.core.offers import ArchivePart, archive_parts

own_fields.add(own_fields_of)
tracked.add(FIELD)
tracked.add(RULE)
tracked.add(LIMIT)
archive_parts.add(ArchivePart(app="fields"))
