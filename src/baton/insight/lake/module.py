"""What the lake says of itself to others."""

from baton.core.offers import ArchivePart, archive_parts

archive_parts.add(
    ArchivePart(
        app="lake",
        left_out={
            "Stream": "files made anew from the log",
            "LakeFile": "files made anew from the log",
        },
    )
)
