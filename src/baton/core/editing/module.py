"""What bulk edits say of themselves to others."""

from baton.core.offers import ArchivePart, archive_parts

archive_parts.add(
    ArchivePart(
        app="editing",
        left_out={"BulkRun": "progress of this house; what it did is in the history"},
    )
)
