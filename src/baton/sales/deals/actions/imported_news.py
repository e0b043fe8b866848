"""What imported deals tell, with the file's dates, and what they make of their buyers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from baton.core.facts import Fact, publish_many
from baton.qualification.lifecycle.actions import IMPORT, NewMove, move_people
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import BOUGHT
from baton.qualification.lifecycle.rules import Stage as Lifecycle
from baton.sales.deals.actions.holding import about, written
from baton.sales.deals.events import DealLost, DealOpened, DealWon
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind

Wins = Mapping[int, datetime | None]  # deal -> when it was closed before


def tell_imported(*, opened: Sequence[Deal], closed: Sequence[Deal], at: datetime) -> None:
    """Facts with the file's dates."""
    publish_many([_opened(deal, at=at) for deal in opened])
    publish_many([_closed(deal) for deal in closed if deal.state != StageKind.OPEN])


def move_buyers(deals: Sequence[Deal], *, wins: Wins | None = None) -> None:
    """Opportunity when a deal was opened, customer when it was won, lead again when it was lost.

    After a loss all living deals of the buyer speak: who had another open one, or has bought, does
    not step back. ``wins``: when a known deal was closed before this import.
    """
    losers = {deal.person_id for deal in deals if deal.state == StageKind.LOST} - {None}
    theirs: dict[int, list[Deal]] = defaultdict(list)
    if losers:
        for deal in Deal.objects.living().filter(person__in=losers):
            theirs[deal.person_id or 0].append(deal)
    moves = [move for deal in deals if deal.person_id not in losers for move in _forward(deal)]
    moves += [move for mine in theirs.values() for deal in mine for move in _forward(deal)]
    moves += _back(theirs, wins or {}) + _again(deals)
    if moves:
        move_people(moves=moves)


def _forward(deal: Deal) -> list[NewMove]:
    reached = [(Lifecycle.OPPORTUNITY, deal.opened_at)]
    if deal.state == StageKind.WON:
        reached.append((Lifecycle.CUSTOMER, deal.closed_at))
    return [
        NewMove(person_id=deal.person_id, to_stage=stage, at=when, owner_id=deal.owner_id)
        for stage, when in reached
        if deal.person_id and when
    ]


def _back(theirs: Mapping[int, Sequence[Deal]], wins: Wins) -> list[NewMove]:
    bought = _bought_otherwise(theirs, wins)
    moves = []
    for person_id, deals in theirs.items():
        for deal in deals:
            when = _lost_at(deal, wins)
            if when is None or any(_holds(other, when) for other in deals if other != deal):
                continue
            if not any(at <= when for at in bought[person_id]):
                moves.append(
                    NewMove(
                        person_id=person_id,
                        to_stage=Lifecycle.LEAD,
                        at=when,
                        is_back=True,
                        owner_id=deal.owner_id,
                    )
                )
    return moves


def _again(deals: Sequence[Deal]) -> list[NewMove]:
    """Up again at once, where an earlier import sent the buyer back and did not know this deal."""
    holding = [deal for deal in deals if deal.state != StageKind.LOST and deal.opened_at]
    backs = StageChange.objects.filter(
        person__in=[deal.person_id for deal in holding if deal.person_id],
        is_back=True,
        cause=IMPORT,
    )
    when: dict[int, list[datetime]] = defaultdict(list)
    for person_id, at in backs.values_list("person_id", "at"):
        when[person_id].append(at)
    return [
        NewMove(
            person_id=deal.person_id,
            to_stage=Lifecycle.CUSTOMER if _is_over(deal, at) else Lifecycle.OPPORTUNITY,
            at=at,
            owner_id=deal.owner_id,
        )
        for deal in holding
        if deal.person_id
        for at in when[deal.person_id]
        if _holds(deal, at)
    ]


def _is_over(deal: Deal, when: datetime) -> bool:
    return deal.closed_at is not None and deal.closed_at <= when


def _lost_at(deal: Deal, wins: Wins) -> datetime | None:
    """When the buyer of a lost deal steps back: not before a win that was none; None = stays.

    An undated deal made no opportunity of them, so its loss takes none away.
    """
    if deal.state != StageKind.LOST or deal.closed_at is None or deal.opened_at is None:
        return None
    when = max(deal.closed_at, wins.get(deal.pk) or deal.closed_at)
    return when if deal.opened_at <= when else None


def _holds(other: Deal, when: datetime) -> bool:
    """Whether another deal kept the buyer where they were at that time: open then, or won."""
    if _is_over(other, when):
        return other.state == StageKind.WON
    return other.opened_at is None or other.opened_at <= when


def _bought_otherwise(
    theirs: Mapping[int, Sequence[Deal]], wins: Wins
) -> dict[int, list[datetime]]:
    """When each became a customer by something else than a deal that turned out lost."""
    undone = {
        (person_id, wins[deal.pk])
        for person_id, deals in theirs.items()
        for deal in deals
        if deal.state == StageKind.LOST and deal.pk in wins
    }
    rows = StageChange.objects.filter(person__in=theirs, to_stage__in=BOUGHT, is_overtaken=False)
    found: dict[int, list[datetime]] = defaultdict(list)
    for person_id, at in rows.values_list("person_id", "at"):
        if (person_id, at) not in undone:
            found[person_id].append(at)
    return found


def _opened(deal: Deal, *, at: datetime) -> Fact:
    """An undated deal counts as created at import."""
    return DealOpened(
        happened_at=deal.opened_at or at,
        amount=written(deal.amount),
        currency=deal.currency,
        title=deal.name,
        stage=deal.stage.name,
        **about(deal),
    )


def _closed(deal: Deal) -> Fact:
    assert deal.closed_at is not None  # noqa: S101 -- filled for every closed deal above
    if deal.state == StageKind.WON:
        return DealWon(
            happened_at=deal.closed_at,
            amount=written(deal.amount),
            currency=deal.currency,
            reason=deal.reason,
            **about(deal),
        )
    return DealLost(
        happened_at=deal.closed_at,
        reason=deal.reason,
        competitor=deal.competitor,
        objection=deal.objection,
        **about(deal),
    )
