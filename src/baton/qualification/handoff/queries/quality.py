"""What sales says about marketing's leads: verdicts and reasons by where they came from."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, F

from baton.core.access.models import User
from baton.qualification.handoff.queries.attainment import made_in, month_of
from baton.qualification.handoff.rules import State


class By(StrEnum):
    """By what lead quality is told apart; values are columns."""

    CAMPAIGN = "campaign"
    CHANNEL = "channel"
    PERSONA = "persona"
    LANE = "lane"


COLUMNS = {
    By.CAMPAIGN: "campaign",
    By.CHANNEL: "channel",
    By.PERSONA: "person__persona",
    By.LANE: "lane",
}


@dataclass
class Quality:
    """One group: ``handed`` MQLs, what became of them, and the reasons against them."""

    group: str
    handed: int = 0
    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def accepted(self) -> int:
        """Taken by somebody, whatever came of it later."""
        taken = (State.ACCEPTED, State.QUALIFIED, State.DISQUALIFIED, State.UNREACHABLE)
        return sum(self.states[state] for state in taken)

    @property
    def rejected_rate(self) -> float | None:
        """Rejected out of answered; None while nothing was answered."""
        answered = self.accepted + self.states[State.REJECTED]
        return self.states[State.REJECTED] / answered if answered else None

    @property
    def qualified(self) -> int:
        return self.states[State.QUALIFIED]

    @property
    def top_reasons(self) -> list[tuple[str, int]]:
        return self.reasons.most_common(3)


def lead_quality(*, user: User, by: By, since: date, until: date) -> list[Quality]:
    """Groups with the most leads first; of handoffs made from the month of one day to another's."""
    first, last = month_of(since), month_of(until)
    rows = made_in(
        type(first)(first=first.first, since=first.since, until=last.until), user=user
    ).exclude(state=State.WITHDRAWN)
    counted = rows.annotate(group=F(COLUMNS[by])).values("group", "state", "verdict")
    found = _gather(counted.annotate(count=Count("pk")).order_by())
    return sorted(found, key=lambda quality: (-quality.handed, quality.group))


def _gather(rows: Iterable[Any]) -> list[Quality]:
    groups: dict[str, Quality] = {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        quality = groups.setdefault(row["group"], Quality(group=row["group"]))
        quality.handed += row["count"]
        quality.states[row["state"]] += row["count"]
        if row["verdict"]:
            counts[row["group"]][row["verdict"]] += row["count"]
    for group, reasons in counts.items():
        groups[group].reasons = reasons
    return list(groups.values())
