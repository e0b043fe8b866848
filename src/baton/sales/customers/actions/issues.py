"""What stands between a customer and us: one at a time, opened and closed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.sales.customers.actions.health import refresh
from baton.sales.customers.actions.holding import about, change, hold
from baton.sales.customers.events import IssueClosed, IssueOpened
from baton.sales.customers.models import Customer


class NoWords(RuleViolation):
    """An issue says what is wrong."""


@transaction.atomic
def open_issue(*, customer: Customer, issue: str, by: User | None, at: datetime) -> UUID:
    """Since now, or in other words than before; the batch takes it back. Raises NoWords."""
    customer, batch, words = hold(customer.pk), new_key(), issue.strip()[:250]
    if not words:
        raise NoWords(_("Say what is wrong."))
    values = {"issue": words, "issue_at": customer.issue_at or at}
    if change(customer, values, by=by, at=at, batch=batch):
        actor = by.pk if by else None
        publish(IssueOpened(happened_at=at, actor_id=actor, issue=words, **about(customer)))
    refresh([customer.pk], at=at)
    return batch


@transaction.atomic
def close_issue(*, customer: Customer, by: User | None, at: datetime) -> UUID:
    """It is solved; the batch opens it again."""
    customer, batch = hold(customer.pk), new_key()
    words = customer.issue
    if change(customer, {"issue": "", "issue_at": None}, by=by, at=at, batch=batch):
        actor = by.pk if by else None
        publish(IssueClosed(happened_at=at, actor_id=actor, issue=words, **about(customer)))
    refresh([customer.pk], at=at)
    return batch
