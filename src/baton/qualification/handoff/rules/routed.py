"""What routing looks at, and what a decision is made of."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

LONGEST_SKILL = 60
FEW = 12  # rules in a row that did not fit, each with a line of its own


def skill_name(text: str) -> str:
    """As rules and reps compare it: whatever the case."""
    return " ".join(text.split()).casefold()[:LONGEST_SKILL]


class Choice(StrEnum):
    """The rules, in the order in which they are tried."""

    RECYCLE = "recycle"
    OWNER = "owner"
    ACCOUNT = "account"
    NAMED = "named"
    TERRITORY = "territory"
    CONDITION = "condition"
    TURNS = "turns"
    CATCH_ALL = "catch_all"
    ESCALATED = "escalated"  # to whom a pool passes on what nobody there took


class Asked(StrEnum):
    """What narrows those who are free, as long as one of them is left."""

    LANGUAGE = "language"
    SKILL = "skill"
    WORKING = "working"


class Why(StrEnum):
    """What became of a rule, or why somebody could not be chosen."""

    NONE = "none"  # there is no such person, rule or pool
    FREE = "free"
    UNABLE = "unable"  # gone, or in a role that answers no leads
    NO_LOGIN = "no_login"  # only an import knows them
    AWAY = "away"
    FULL = "full"  # at their cap of unanswered leads
    DAY_FULL = "day_full"  # at their cap of new leads a day
    ASKED = "asked"  # had this lead and stayed silent
    LEFT_OUT = "left_out"  # rejected this person before, or could not reach them
    TURNED_DOWN = "turned_down"  # said of this lead that it lies in another territory
    NO_MATCH = "no_match"
    NOBODY = "nobody"  # in this pool nobody is free
    UNCLAIMED = "unclaimed"  # lay in this pool's queue, and nobody took it in time
    PULLED = "pulled"  # lies in this pool's queue until one of them takes it
    OTHER = "other"  # free, but another one speaks the language, has the skill or works now


@dataclass(frozen=True, kw_only=True)
class Rep:
    """Somebody who may be asked."""

    id: int
    name: str
    is_able: bool = True
    can_sign_in: bool = True
    is_away: bool = False
    is_working: bool = True
    open_count: int = 0  # offers not answered yet
    cap: int | None = None
    day_count: int = 0  # offers today
    day_cap: int | None = None
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Member:
    """A rep in a pool."""

    rep: Rep
    weight: int = 1
    credit: float = 0.0
    today: int = 0  # offers they got from this pool today


@dataclass(frozen=True, kw_only=True)
class PoolView:
    """``next``: who gets what nobody here takes."""

    id: int
    name: str
    members: tuple[Member, ...] = ()
    is_pull: bool = False
    asks_workers: bool = False  # those who work now come first
    next: "PoolView | None" = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Who should get it, where there is one who is free."""

    language: str = ""
    skill: str = ""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A routing rule that was asked about this person."""

    name: str
    pool: PoolView
    is_match: bool
    wish: Wish = Wish()


@dataclass(frozen=True, kw_only=True)
class Target:
    """To whom a named account or a territory belongs: a rep, or a pool."""

    id: int
    name: str
    rep: Rep | None = None
    pool: PoolView | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that routing looks at for one person."""

    return_to: Rep | None = None  # recycled with a date: back to who set it
    without: frozenset[int] = frozenset()  # rejected or could not reach this person
    asked: frozenset[int] = frozenset()  # stayed silent in an earlier round of this handoff
    turned_down: frozenset[int] = frozenset()  # said that it lies in another territory
    asked_pools: frozenset[int] = frozenset()  # in whose queue it lay until its clock ended
    owner: Rep | None = None
    account_owner: Rep | None = None
    named: Target | None = None
    territory: Target | None = None
    conditions: tuple[Condition, ...] = ()
    everyone: PoolView | None = None  # whose turn it is when no condition fits
    catch_all: PoolView | None = None
    language: str = ""  # the person's
    is_used_up: bool = False  # as many rounds as agreed were silent: the queue is next

    def why_not(self, rep: Rep) -> Why:
        """FREE when the lead may go to them."""
        marks = (
            (rep.id in self.turned_down, Why.TURNED_DOWN),
            (rep.id in self.asked, Why.ASKED),
            (rep.id in self.without, Why.LEFT_OUT),
            (not rep.is_able, Why.UNABLE),
            (not rep.can_sign_in, Why.NO_LOGIN),
            (rep.is_away, Why.AWAY),
            (rep.cap is not None and rep.open_count >= rep.cap, Why.FULL),
            (rep.day_cap is not None and rep.day_count >= rep.day_cap, Why.DAY_FULL),
        )
        return next((why for is_so, why in marks if is_so), Why.FREE)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rule that was tried. ``name`` is the rep's, the rule's, the pool's or the language's."""

    rule: Choice | Asked
    why: Why
    name: str = ""


Judged = tuple[tuple[Member, Why], ...]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Who is asked, and how that came about."""

    rule: Choice
    rep: Rep | None
    pool: PoolView | None
    tried: tuple[Step, ...]
    members: Judged = ()
    credits: Mapping[int, float] | None = None  # after the turn; None: no turn was taken
    territory_id: int | None = None  # by which it came there
    is_last: bool = False  # behind this queue stands nobody: it stays there, and late

    def as_json(self) -> dict[str, Any]:
        """Codes and names, to be read back years later; words are the screen's."""
        return {
            "rule": self.rule.value,
            "rep_id": self.rep.id if self.rep else None,
            "rep": self.rep.name if self.rep else "",
            "pool": self.pool.name if self.pool else "",
            "territory_id": self.territory_id,
            "tried": _plain(self.tried),
            "members": [_told(member, why) for member, why in self.members],
        }


def _told(member: Member, why: Why) -> dict[str, Any]:
    return {
        "id": member.rep.id,
        "name": member.rep.name,
        "why": why.value,
        "weight": member.weight,
        "credit": round(member.credit, 3),
        "open": member.rep.open_count,
        "cap": member.rep.cap,
        "today": member.today,
    }


def _plain(tried: tuple[Step, ...]) -> list[dict[str, Any]]:
    """Where many rules in a row did not fit, one line holds their names."""
    lines: list[dict[str, Any]] = []
    for is_miss, some in groupby(tried, key=lambda step: step.why is Why.NO_MATCH):
        steps = list(some)
        if is_miss and len(steps) > FEW:
            names = [step.name for step in steps]
            lines.append({"rule": steps[0].rule, "why": Why.NO_MATCH, "name": "", "names": names})
        else:
            lines += [asdict(step) for step in steps]
    return lines
