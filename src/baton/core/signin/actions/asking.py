from datetime import datetime, timedelta

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.signin.models import SecondStepRule
from baton.core.signin.rules.asking import Asked


@transaction.atomic
def ask_for_second_step(*, asked_of: Asked, grace: timedelta, by: User, at: datetime) -> None:
    """Whom the company asks, and how long they may do without. The same again moves no date."""
    before = SecondStepRule.objects.select_for_update().filter(pk=1).first()
    if before is not None and before.asked_of == asked_of and before.asked_from <= at + grace:
        return
    now = {"asked_of": str(asked_of), "asked_from": at + grace}
    SecondStepRule.objects.update_or_create(pk=1, defaults=now)
    record_change(
        object_type="second_step_rule",
        object_id=1,
        verb="edited",
        before={"asked_of": before.asked_of, "asked_from": before.asked_from} if before else {},
        after=now,
        by=by,
        at=at,
    )
