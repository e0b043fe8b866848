"""What reps were told of their clocks."""

from collections.abc import Mapping
from datetime import datetime

from baton.core.bulk import update_rows
from baton.qualification.handoff.models import Handoff


def note_told_late(due: Mapping[int, datetime]) -> None:
    """By handoff the moment that is over: it is told no more."""
    told = {pk: {"told_due_at": moment} for pk, moment in due.items()}
    update_rows(Handoff, told, fields=["told_due_at"])
