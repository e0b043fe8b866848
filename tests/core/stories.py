"""Words that the tests of the core share."""

from datetime import UTC, datetime

from django.db import transaction

from baton.core.facts import publish_many
from tests.lab.events import Stepped
from tests.lab.models import Effect

AT = datetime(2026, 3, 1, tzinfo=UTC)
NOTE_STEPS = "tests.lab.subscribers.note_steps"


def step_through(count, *, subject=1, first=0):
    with transaction.atomic():
        publish_many(
            Stepped(happened_at=AT, subject=subject, step=step)
            for step in range(first, first + count)
        )


def seen(by="batch"):
    return list(Effect.objects.filter(by=by).order_by("id").values_list("step", flat=True))
