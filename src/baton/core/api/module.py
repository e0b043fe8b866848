"""What the API says of itself to others."""

from baton.core.offers import ArchivePart, archive_parts

archive_parts.add(
    ArchivePart(
        app="api",
        left_out={"IdempotencyKey": "answers of two days"},
    )
)
