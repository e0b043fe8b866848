"""A disk without room: an import says so, waits, and goes on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError
from django.utils.translation import gettext as _

from baton.core.errors import is_disk_full
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.uploads import BUSY

logger = logging.getLogger(__name__)


def without_room() -> str:
    """Of files that are being sent."""
    return _("The server’s disk is full: nothing was kept. Make room there, and send them again.")


@contextmanager
def resting_without_room(import_id: int) -> Iterator[None]:
    """The job ends, the import stays as it is, and the next round of the clock goes on with it."""
    try:
        yield
    except (OSError, DatabaseError) as error:
        if not is_disk_full(error):
            raise
        logger.warning("Import %s waits: the disk is full", import_id)
        words = _(
            "The server’s disk is full: nothing half-written was kept. Make room there; "
            "it goes on by itself within five minutes."
        )
        with suppress(DatabaseError):  # the database may have no room either
            Import.objects.filter(pk=import_id, state__in=BUSY).update(refusal=words)
