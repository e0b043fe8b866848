from collections.abc import Sequence

from django.utils import timezone

from baton.core.facts import ACTS, Fact, on_batch
from baton.operations.integrations import actions
from baton.operations.integrations.tasks import send_webhooks


@on_batch(Fact, origins=ACTS)
def tell_others(facts: Sequence[Fact]) -> None:
    """Imported and invented history rings no other program."""
    if actions.queue_facts(facts=facts, at=timezone.now()):
        send_webhooks.enqueue()
