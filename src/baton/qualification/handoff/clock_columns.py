"""Promises beside the handoff in the table of how the agreement is kept, by who owes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from baton.core.access.models import Team, User
from baton.core.offers import Label
from baton.qualification.handoff.promises import clocks_url
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.attainment import Kept, Promise
from baton.qualification.handoff.queries.keeping import OWING, By, Keeping
from baton.qualification.handoff.queries.promised import (
    ClocksBy,
    KeptClocks,
    are_promised,
    clocks_kept_by,
)
from baton.qualification.handoff.rules import ClockKind
from baton.qualification.handoff.slots import PromiseShown
from baton.qualification.handoff.words import CLOCK_FIGURES

Figures = Mapping[str, Mapping[ClockKind, KeptClocks]]


@dataclass(frozen=True, kw_only=True)
class ClockColumns:
    """Of whom nothing was handed over to there are figures, too."""

    kinds: Sequence[ClockKind] = ()
    found: Figures = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def titles(self) -> list[Label]:
        return [CLOCK_FIGURES[kind] for kind in self.kinds]

    def with_others(self, rows: Sequence[Keeping]) -> list[Keeping]:
        """Then those who owe answers and deals only."""
        known = {row.group for row in rows}
        none = [Kept(promise=one, kept=0, all=0) for one in Promise if one is not Promise.MQLS]
        others = [
            Keeping(group=group, name=self.names.get(group, ""), handed=0, promises=none)
            for group in self.found
            if group not in known
        ]
        return [*rows, *sorted(others, key=lambda row: row.name)]

    def cells(self, group: str, *, asked: Mapping[str, str]) -> list[PromiseShown]:
        figures = self.found.get(group, {})
        return [
            PromiseShown(
                kept=figures.get(kind) or KeptClocks(kind=kind, kept=0, all=0),
                url=f"{clocks_url(kind)}?{urlencode(asked)}",
                broken_url=f"{clocks_url(kind)}?{urlencode({**asked, 'broken': '1'})}",
            )
            for kind in self.kinds
        ]


def clock_columns(by: By, *, user: User, day: date, at: datetime) -> ClockColumns:
    """For reps and teams, of what the agreement in force promises."""
    agreement = agreement_in_force()
    kinds = are_promised(agreement) if agreement and by in OWING else ()
    if not kinds:
        return ClockColumns()
    found = clocks_kept_by(ClocksBy(by.value), user=user, day=day, at=at)
    keys = [key for key in found if key]
    rows = User.objects.filter(key__in=keys) if by is By.REP else Team.objects.filter(key__in=keys)
    names = {str(key): name for key, name in rows.values_list("key", "name")}
    return ClockColumns(kinds=kinds, found=found, names=names)
