"""Who gets the lead: rules in a fixed order, and a decision that can be read back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from baton.qualification.handoff.rules.turns import Turn, take_turn


class Choice(StrEnum):
    """The rules, in the order in which they are tried."""

    RECYCLE = "recycle"
    OWNER = "owner"
    ACCOUNT = "account"
    CONDITION = "condition"
    TURNS = "turns"
    CATCH_ALL = "catch_all"


class Why(StrEnum):
    """What became of a rule, or why somebody could not be chosen."""

    NONE = "none"  # there is no such person, rule or pool
    FREE = "free"
    UNABLE = "unable"  # gone, or in a role that answers no leads
    NO_LOGIN = "no_login"  # only an import knows them
    AWAY = "away"
    FULL = "full"  # at their cap of unanswered leads
    ASKED = "asked"  # had this lead and stayed silent
    LEFT_OUT = "left_out"  # rejected this person before, or could not reach them
    NO_MATCH = "no_match"
    NOBODY = "nobody"  # in this pool nobody is free


@dataclass(frozen=True, kw_only=True)
class Rep:
    """Somebody who may be asked."""

    id: int
    name: str
    is_able: bool = True
    can_sign_in: bool = True
    is_away: bool = False
    open_count: int = 0  # offers not answered yet
    cap: int | None = None


@dataclass(frozen=True, kw_only=True)
class Member:
    """A rep in a pool."""

    rep: Rep
    weight: int = 1
    credit: float = 0.0
    today: int = 0  # offers they got from this pool today


@dataclass(frozen=True, kw_only=True)
class PoolView:
    id: int
    name: str
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A routing rule that was asked about this person."""

    name: str
    pool: PoolView
    is_match: bool


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that routing looks at for one person."""

    return_to: Rep | None = None  # recycled with a date: back to who set it
    without: frozenset[int] = frozenset()  # rejected or could not reach this person
    asked: frozenset[int] = frozenset()  # stayed silent in an earlier round of this handoff
    owner: Rep | None = None
    account_owner: Rep | None = None
    conditions: tuple[Condition, ...] = ()
    everyone: PoolView | None = None  # whose turn it is when no condition fits
    catch_all: PoolView | None = None
    is_used_up: bool = False  # as many rounds as agreed were silent: the queue is next

    def why_not(self, rep: Rep) -> Why:
        """FREE when the lead may go to them."""
        if rep.id in self.asked:
            return Why.ASKED
        if rep.id in self.without:
            return Why.LEFT_OUT
        if not rep.is_able:
            return Why.UNABLE
        if not rep.can_sign_in:
            return Why.NO_LOGIN
        if rep.is_away:
            return Why.AWAY
        return Why.FULL if rep.cap is not None and rep.open_count >= rep.cap else Why.FREE


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rule that was tried. ``name`` is the rep's, the rule's or the pool's."""

    rule: Choice
    why: Why
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Who is asked, and how that came about."""

    rule: Choice
    rep: Rep | None
    pool: PoolView | None
    tried: tuple[Step, ...]
    members: tuple[tuple[Member, Why], ...] = ()
    credits: Mapping[int, float] | None = None  # after the turn; None: no turn was taken

    def as_json(self) -> dict[str, Any]:
        """Codes and names, to be read back years later; words are the screen's."""
        return {
            "rule": self.rule.value,
            "rep_id": self.rep.id if self.rep else None,
            "rep": self.rep.name if self.rep else "",
            "pool": self.pool.name if self.pool else "",
            "tried": [asdict(step) for step in self.tried],
            "members": [
                {
                    "id": member.rep.id,
                    "name": member.rep.name,
                    "why": why.value,
                    "weight": member.weight,
                    "credit": round(member.credit, 3),
                    "open": member.rep.open_count,
                    "cap": member.rep.cap,
                    "today": member.today,
                }
                for member, why in self.members
            ],
        }


def route(case: Case) -> Decision:
    """Recycle rule, known owner, account's owner, conditions, everybody's turn, catch-all queue."""
    tried: list[Step] = []
    if case.is_used_up:
        return _by_queue(case, tried=tried, why=Why.ASKED)
    for rule, rep in (
        (Choice.RECYCLE, case.return_to),
        (Choice.OWNER, case.owner),
        (Choice.ACCOUNT, case.account_owner),
    ):
        why = case.why_not(rep) if rep else Why.NONE
        tried.append(Step(rule=rule, why=why, name=rep.name if rep else ""))
        if rep and why is Why.FREE:
            return Decision(rule=rule, rep=rep, pool=None, tried=tuple(tried))
    return _by_pools(case, tried=tried)


def _by_pools(case: Case, *, tried: list[Step]) -> Decision:
    for condition in case.conditions:
        if not condition.is_match:
            tried.append(Step(rule=Choice.CONDITION, why=Why.NO_MATCH, name=condition.name))
        elif found := _by_turns(case, condition.pool, Choice.CONDITION, condition.name, tried):
            return found
    if case.everyone is None:
        tried.append(Step(rule=Choice.TURNS, why=Why.NONE))
    elif found := _by_turns(case, case.everyone, Choice.TURNS, case.everyone.name, tried):
        return found
    return _by_queue(case, tried=tried, why=Why.FREE)


def _by_queue(case: Case, *, tried: list[Step], why: Why) -> Decision:
    name = case.catch_all.name if case.catch_all else ""
    tried.append(Step(rule=Choice.CATCH_ALL, why=why, name=name))
    return Decision(rule=Choice.CATCH_ALL, rep=None, pool=case.catch_all, tried=tuple(tried))


def _by_turns(
    case: Case, pool: PoolView, rule: Choice, name: str, tried: list[Step]
) -> Decision | None:
    """Whose turn it is in the pool; None when nobody there is free."""
    judged = tuple((member, case.why_not(member.rep)) for member in pool.members)
    free = {member.rep.id: member for member, why in judged if why is Why.FREE}
    tried.append(Step(rule=rule, why=Why.FREE if free else Why.NOBODY, name=name))
    if not free:
        return None
    chosen, afterwards = take_turn(
        [
            Turn(user_id=member.rep.id, weight=member.weight, credit=member.credit)
            for member in free.values()
        ]
    )
    return Decision(
        rule=rule,
        rep=free[chosen].rep,
        pool=pool,
        tried=tuple(tried),
        members=judged,
        credits=afterwards,
    )
