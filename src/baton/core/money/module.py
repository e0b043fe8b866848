"""What rates say of themselves to others."""

from baton.core.offers import ArchivePart, archive_parts

archive_parts.add(ArchivePart(app="money"))
