"""Which messages of the last weeks were answered, in time or late, and which still wait."""

from datetime import timedelta

from baton.core.demo.slots import Story
from baton.core.facts import Touch
from baton.core.facts.models import FactRecord
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Clock

BACK, MOST = timedelta(days=30), 150


def tell_replies(story: Story) -> None:
    """As if somebody had looked each minute: what they wrote to those who own them."""
    rows = FactRecord.objects.standing().filter(
        name__in=("form.submitted", "activity.logged"),
        touch=Touch.THEIRS,
        happened_at__gt=story.at - BACK,
        person_id__isnull=False,
    )
    for row in reversed(rows.order_by("-happened_at", "-pk")[:MOST]):
        actions.note_message(fact=row.as_fact())
    actions.tend_clocks(at=story.at)
    story.keep(*Clock.objects.filter(deal_id=None))
