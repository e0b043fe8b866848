"""What settings say of themselves to others."""

from baton.core.offers import ArchivePart, archive_parts

archive_parts.add(
    ArchivePart(
        app="settings",
        blank={"Organisation": {"is_armed": False}},
        made_at_first=frozenset({"Organisation", "Brand"}),
    )
)
