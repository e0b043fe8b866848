"""Who buys by themself is a customer, from any stage and without a rep."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from baton.core.facts import retract
from baton.core.keys import new_key
from baton.qualification.lifecycle.actions.moves import NewMove
from baton.qualification.lifecycle.actions.moving import forget_moves, move_each
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import SELF_SERVE, Stage
from baton.records.purchases.queries import Bought, first_purchases


def make_customers(*, moves: Collection[NewMove]) -> int:
    """Of purchases, each with the cause of its fact; says how many were news.

    Each move has a batch of its own: a purchase that is none any more takes its move along.
    """
    return sum(move_each(moves=moves))


def buyer_move(bought: Bought, *, person_id: int, fact_id: int | None = None) -> NewMove:
    """Forward to customer, on the day of the purchase."""
    return NewMove(
        person_id=person_id,
        to_stage=Stage.CUSTOMER,
        at=bought.at,
        fact_id=fact_id,
        cause=bought.cause,
        batch=new_key(),
    )


@transaction.atomic
def recount_buyers(*, person_ids: Collection[int], at: datetime) -> int:
    """A purchase of theirs is none any more, or one again: what stands is the earliest that does;
    says of how many people that changed something."""
    bought = first_purchases(person_ids)
    moves = StageChange.objects.filter(person__in=person_ids, to_stage=Stage.CUSTOMER)
    gone = {
        move.batch: move.person_id
        for move in moves.filter(_by_purchase(), is_back=False)
        if move.batch and not _still_stands(move, bought)
    }
    if gone:
        forget_moves(batches=gone)
        for batch in gone:
            retract(batch=batch, at=at)
    fresh = [buyer_move(one, person_id=pk) for pk, one in bought.items()]
    news = move_each(moves=fresh)
    moved = {move.person_id for move, is_news in zip(fresh, news, strict=True) if is_news}
    return len(moved | set(gone.values()))


def _by_purchase() -> Q:
    return Q(cause__in=SELF_SERVE)


def _still_stands(move: StageChange, bought: Mapping[int, Bought]) -> bool:
    found = bought.get(move.person_id)
    return found is not None and (found.at, found.cause) == (move.at, move.cause)
