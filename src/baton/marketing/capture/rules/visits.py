"""Hits cut into visits: half an hour of silence, or a new effort, begins the next one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from baton.marketing.capture.rules.channels import Source

QUIET = timedelta(minutes=30)
LONGEST_TAB = timedelta(hours=24)  # an arrival older than this says nothing about when


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One page seen by one visitor: a line of the spool."""

    id: UUID
    visitor: UUID
    at: datetime
    path: str
    title: str
    source: Source
    consented_at: datetime
    page_id: int | None = None
    internal: str = ""  # rules.internal: why it does not count

    def plain(self) -> dict[str, Any]:
        """As a line of the spool keeps it."""
        return {
            "id": str(self.id),
            "visitor": str(self.visitor),
            "at": self.at.isoformat(),
            "path": self.path,
            "title": self.title,
            "source": asdict(self.source),
            "consented_at": self.consented_at.isoformat(),
            "page_id": self.page_id,
            "internal": self.internal,
        }


def read_seen(line: Mapping[str, Any]) -> Seen:
    """A hit from its line. Raises KeyError, ValueError or TypeError for one that is none."""
    return Seen(
        id=UUID(line["id"]),
        visitor=UUID(line["visitor"]),
        at=datetime.fromisoformat(line["at"]),
        path=line["path"],
        title=line["title"],
        source=Source(**line["source"]),
        consented_at=datetime.fromisoformat(line["consented_at"]),
        page_id=line["page_id"],
        internal=line.get("internal", ""),  # lines of an earlier version are read, too
    )


@dataclass(kw_only=True)
class Run:
    """A visit while it is being cut; ``id`` is None for one that is new."""

    id: int | None = None
    started_at: datetime
    ended_at: datetime
    source: Source
    hits: list[Seen] = field(default_factory=list)  # those added now

    def takes(self, hit: Seen) -> bool:
        """Whether the hit belongs to this visit: near enough, and not the start of a new effort."""
        if not self.started_at - QUIET < hit.at < self.ended_at + QUIET:
            return False
        is_new_effort = hit.source.tells_something() and not hit.source.is_same_effort(self.source)
        return hit.at < self.started_at or not is_new_effort

    def add(self, hit: Seen) -> None:
        """Grow by the hit; one that came before the others tells where the visit came from."""
        if hit.at < self.started_at:
            self.started_at = hit.at
            if hit.source.tells_something() or not self.source.tells_something():
                self.source = hit.source
        self.ended_at = max(self.ended_at, hit.at)
        self.hits.append(hit)


def cut(hits: Iterable[Seen], *, known: Sequence[Run] = ()) -> list[Run]:
    """The visits of ONE visitor that these hits belong to: known ones grown, and new ones."""
    runs = list(known)
    for hit in sorted(hits, key=lambda hit: (hit.at, hit.id)):
        run = next((run for run in reversed(runs) if run.takes(hit)), None)
        if run is None:
            run = Run(started_at=hit.at, ended_at=hit.at, source=hit.source)
            runs.append(run)
        run.add(hit)
    return [run for run in runs if run.hits]
