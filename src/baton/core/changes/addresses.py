from uuid import UUID

from baton.core.addresses import address


def undo_of(batch: UUID | None) -> str:
    """Where an act is taken back; "" where nothing was done."""
    return address("changes:undo", batch) if batch else ""
