from django.utils import timezone

from baton.core.access.models import User
from baton.core.facts import ACTS, Fact, on
from baton.core.facts.kinds import Touch
from baton.records.timeline.events import ActivityLogged
from baton.sales.customers import actions
from baton.sales.customers.queries.health import customers_of
from baton.sales.deals.events import DealDeleted, DealLost, DealReopened, DealRestored, DealWon


@on(DealWon, DealRestored, origins=ACTS)
def start_customers(fact: Fact) -> None:
    """Won just now: imported history hands nobody over."""
    if fact.deal_id:
        by = User.objects.filter(pk=fact.actor_id).first() if fact.actor_id else None
        actions.start_from_fact(deal_id=fact.deal_id, by=by, at=fact.happened_at)


@on(DealReopened, DealLost, DealDeleted, origins=ACTS)
def withdraw_customers(fact: Fact) -> None:
    if fact.deal_id:
        actions.withdraw_customer(deal_id=fact.deal_id, at=fact.happened_at)


@on(ActivityLogged, origins=ACTS)
def note_contacts(fact: ActivityLogged) -> None:
    """A talk of the owner is the first call."""
    if fact.touch == Touch.FIRST_RESPONSE:
        actions.note_contact(
            person_id=fact.person_id,
            company_id=fact.company_id,
            actor_id=fact.actor_id,
            at=fact.happened_at,
        )


@on(ActivityLogged, origins=ACTS)
def note_health(fact: ActivityLogged) -> None:
    """Somebody spoke with them; what history brings the clock finds within the hour."""
    rows = customers_of(person_id=fact.person_id, company_id=fact.company_id)
    actions.refresh(rows.values_list("pk", flat=True), at=timezone.now())
