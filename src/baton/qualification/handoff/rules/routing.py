"""Who gets the lead: rules in a fixed order, and a decision that can be read back."""

from collections.abc import Callable
from dataclasses import replace

from baton.qualification.handoff.rules.routed import (
    Asked,
    Case,
    Choice,
    Decision,
    Judged,
    Member,
    PoolView,
    Step,
    Target,
    Why,
    Wish,
)
from baton.qualification.handoff.rules.turns import Turn, take_turn

Tried = list[Step]


def route(case: Case) -> Decision:
    """Recycle rule, known owner, account's owner, named account, territory, conditions,
    everybody's turn, catch-all queue."""
    tried: Tried = []
    if case.is_used_up:
        return _by_queue(case, tried=tried, why=Why.ASKED)
    return (
        _by_relation(case, tried)
        or _by_target(case, case.named, Choice.NAMED, tried)
        or _by_target(case, case.territory, Choice.TERRITORY, tried)
        or _by_conditions(case, tried)
        or _by_everyone(case, tried)
        or _by_queue(case, tried=tried, why=Why.FREE)
    )


def _by_relation(case: Case, tried: Tried) -> Decision | None:
    """Whom the person, or their company, knows already."""
    for rule, rep in (
        (Choice.RECYCLE, case.return_to),
        (Choice.OWNER, case.owner),
        (Choice.ACCOUNT, case.account_owner),
    ):
        why = case.why_not(rep) if rep else Why.NONE
        tried.append(Step(rule=rule, why=why, name=rep.name if rep else ""))
        if rep and why is Why.FREE:
            return Decision(rule=rule, rep=rep, pool=None, tried=tuple(tried))
    return None


def _by_target(case: Case, target: Target | None, rule: Choice, tried: Tried) -> Decision | None:
    """Of a named account or a territory; where neither is kept, nothing is said."""
    if target is None:
        tried.append(Step(rule=rule, why=Why.NONE))
        return None
    if target.pool:
        found = _by_pool(case, target.pool, rule, target.name, tried)
    else:
        found = _by_rep(case, target, rule, tried)
    is_place = rule is Choice.TERRITORY
    return replace(found, territory_id=target.id) if found and is_place else found


def _by_rep(case: Case, target: Target, rule: Choice, tried: Tried) -> Decision | None:
    why = case.why_not(target.rep) if target.rep else Why.NONE
    if why is Why.FREE:
        tried.append(Step(rule=rule, why=why, name=target.name))
        return Decision(rule=rule, rep=target.rep, pool=None, tried=tuple(tried))
    tried.append(Step(rule=rule, why=why, name=target.rep.name if target.rep else ""))
    return None


def _by_conditions(case: Case, tried: Tried) -> Decision | None:
    for condition in case.conditions:
        if not condition.is_match:
            tried.append(Step(rule=Choice.CONDITION, why=Why.NO_MATCH, name=condition.name))
            continue
        wish, rule = condition.wish, Choice.CONDITION
        if found := _by_pool(case, condition.pool, rule, condition.name, tried, wish=wish):
            return found
    return None


def _by_everyone(case: Case, tried: Tried) -> Decision | None:
    if case.everyone is None:
        tried.append(Step(rule=Choice.TURNS, why=Why.NONE))
        return None
    return _by_pool(case, case.everyone, Choice.TURNS, case.everyone.name, tried)


def _by_queue(case: Case, *, tried: Tried, why: Why) -> Decision:
    """The queue; or who stands behind it, once the lead lay there too long."""
    queue = case.catch_all
    was_there = queue is not None and queue.id in case.asked_pools
    if queue and was_there and queue.next:
        tried.append(Step(rule=Choice.CATCH_ALL, why=Why.NOBODY, name=queue.name))
        if found := _by_pool(case, queue.next, Choice.ESCALATED, queue.next.name, tried):
            return found
    tried.append(Step(rule=Choice.CATCH_ALL, why=why, name=queue.name if queue else ""))
    is_last = queue is None or queue.next is None or was_there
    return Decision(
        rule=Choice.CATCH_ALL, rep=None, pool=queue, tried=tuple(tried), is_last=is_last
    )


def _by_pool(
    case: Case,
    pool: PoolView,
    rule: Choice,
    name: str,
    tried: Tried,
    *,
    wish: Wish | None = None,
) -> Decision | None:
    """By the pool, else by who stands behind it; None when nobody there is free."""
    seen: set[int] = set()
    while pool.id not in seen:
        seen.add(pool.id)
        take = _into_queue if pool.is_pull else _by_turns
        if found := take(case, pool, rule, name, tried, wish or Wish()):
            return found
        if pool.next is None:
            return None
        pool = pool.next
        rule, name = Choice.ESCALATED, pool.name
    return None


def _into_queue(
    case: Case, pool: PoolView, rule: Choice, name: str, tried: Tried, _wish: Wish
) -> Decision | None:
    """One of the members takes it; where none of them ever could, it goes on."""
    judged = _judged(case, pool)
    if pool.id in case.asked_pools:
        tried.append(Step(rule=rule, why=Why.UNCLAIMED, name=name))
        return None
    is_open = any(why in _PRESENT for _member, why in judged)
    tried.append(Step(rule=rule, why=Why.PULLED if is_open else Why.NOBODY, name=name))
    if not is_open:
        return None
    return Decision(rule=rule, rep=None, pool=pool, tried=tuple(tried), members=judged)


_PRESENT = frozenset({Why.FREE, Why.FULL, Why.DAY_FULL})  # caps hold for what is pushed


def _by_turns(
    case: Case, pool: PoolView, rule: Choice, name: str, tried: Tried, wish: Wish
) -> Decision | None:
    """Whose turn it is in the pool; None when nobody there is free."""
    judged = _judged(case, pool)
    free = [member for member, why in judged if why is Why.FREE]
    tried.append(Step(rule=rule, why=Why.FREE if free else Why.NOBODY, name=name))
    if not free:
        return None
    fit = _narrowed(free, pool=pool, case=case, wish=wish, tried=tried)
    chosen, afterwards = take_turn(
        [Turn(user_id=one.rep.id, weight=one.weight, credit=one.credit) for one in fit]
    )
    return Decision(
        rule=rule,
        rep=next(one.rep for one in fit if one.rep.id == chosen),
        pool=pool,
        tried=tuple(tried),
        members=_without_others(judged, fit),
        credits=afterwards,
    )


def _judged(case: Case, pool: PoolView) -> Judged:
    return tuple((member, case.why_not(member.rep)) for member in pool.members)


def _without_others(judged: Judged, fit: list[Member]) -> Judged:
    kept = {member.rep.id for member in fit}
    return tuple(
        (member, Why.OTHER if why is Why.FREE and member.rep.id not in kept else why)
        for member, why in judged
    )


def _narrowed(
    free: list[Member], *, pool: PoolView, case: Case, wish: Wish, tried: Tried
) -> list[Member]:
    """To those who speak the language, have the skill, work now; each as long as one is left."""
    language = wish.language or case.language
    has_said = bool(wish.language) or any(one.rep.languages for one in pool.members)
    asks: tuple[tuple[Asked, str, bool, Callable[[Member], bool]], ...] = (
        (
            Asked.LANGUAGE,
            language,
            bool(language) and has_said,
            lambda one: language in one.rep.languages,
        ),
        (Asked.SKILL, wish.skill, bool(wish.skill), lambda one: wish.skill in one.rep.skills),
        (Asked.WORKING, "", pool.asks_workers, lambda one: one.rep.is_working),
    )
    for asked, name, is_asked, fits in asks:
        if not is_asked:
            continue
        left = [one for one in free if fits(one)]
        tried.append(Step(rule=asked, why=Why.FREE if left else Why.NOBODY, name=name))
        free = left or free
    return free
