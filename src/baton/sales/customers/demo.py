"""Fennmark's customers: Cora looks after them, in every state that one can be in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.core.access.models import User
from baton.core.calendars.queries import hours_of
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.worktime.rules import add_working_time
from baton.sales.customers import actions
from baton.sales.customers.models import Customer, Terms
from baton.sales.customers.queries import customer_of
from baton.sales.customers.rules import Gives
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Plot:
    """How it went with one of them; hours of work after the handover, None: not yet."""

    note: str = ""
    accepted: int | None = 2
    called: int | None = 6


PLOTS = (
    Plot(note="Wants the figures of each plant on one sheet, not five. Never call before ten."),
    Plot(called=30),  # late
    Plot(note="Their auditor comes in spring; I said that we sit in on the first call with him."),
    Plot(accepted=12),  # late
    Plot(called=None),
    Plot(accepted=None, note="They decided fast and expect us to be as fast."),
)


def tell(story: Story) -> None:
    """Of each won deal of the cast the first of its buyer."""
    cora: User = story.cast["users"]["cora"]
    olga: User = story.cast["users"]["olga"]
    begun = story.at - timedelta(days=300)
    agreed = {"gives": Gives.ONE.value, "owner": cora}
    actions.save_terms(values=agreed, version=None, by=olga, at=begun)
    story.keep(Terms.objects.get(pk=1))
    won = [deal for deal in story.cast["deals"] if deal.state == StageKind.WON]
    won.sort(key=lambda deal: (deal.closed_at, deal.pk))
    late = len(won) - len(PLOTS)
    plots = [PLOTS[max(place - late, place % 4)] for place in range(len(won))]
    told = [
        _tell(deal, plot, owner=cora, story=story) for deal, plot in zip(won, plots, strict=True)
    ]
    story.cast["customers"] = [one for one in told if one]
    story.keep(*story.cast["customers"])


def _tell(deal: Deal, plot: Plot, *, owner: User, story: Story) -> Customer | None:
    if customer_of(company=deal.company, person=deal.person):
        return None
    begun = deal.closed_at or story.at
    customer = actions.start_customer(
        deal=deal, owner=owner, note=plot.note, by=deal.owner, at=begun
    )
    accepted = _after(begun, plot.accepted, owner=owner, until=story.at)
    if accepted is None:
        return customer
    customer = actions.accept_customer(customer=customer, by=owner, at=accepted)
    called = _after(accepted, plot.called, owner=owner, until=story.at)
    if called is None:
        return customer
    return actions.note_call(customer=customer, by=owner, at=called)


def _after(begun: datetime, hours: int | None, *, owner: User, until: datetime) -> datetime | None:
    """So many hours of work later, if that is past already."""
    if hours is None:
        return None
    moment = add_working_time(begun, budget=HOUR * hours, hours=hours_of(owner))
    return moment if moment <= until else None


chapters.add(Chapter("customers", 65, tell))
