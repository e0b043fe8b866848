"""Which open deals somebody cares for, which lie idle, and which have no next step."""

from datetime import datetime

from baton.core.demo.slots import Story
from baton.core.facts import Touch
from baton.core.facts.models import FactRecord
from baton.qualification.handoff import actions as handoff
from baton.qualification.handoff.models import Clock
from baton.sales.deals import actions
from baton.sales.deals.models import Deal

OURS = (Touch.ATTEMPT, Touch.FIRST_RESPONSE)


def tell_clocks(story: Story) -> None:
    """As they stand at this moment: from the latest move or touch on."""
    ours = {root.pk for root in story.roots if isinstance(root, Deal)}
    deals = dict(Deal.objects.open().filter(pk__in=ours).values_list("pk", "person"))
    people = [pk for pk in deals.values() if pk]
    rows = FactRecord.objects.standing().filter(person_id__in=people, touch__in=OURS)
    latest: dict[int | None, datetime] = dict(
        rows.order_by("happened_at").values_list("person_id", "happened_at")
    )
    touched = {pk: latest[person] for pk, person in deals.items() if person in latest}
    actions.keep_clocks(deal_ids=deals, at=story.at, touched=touched)
    handoff.tend_clocks(at=story.at)
    story.keep(*Clock.objects.filter(deal_id__in=deals))
