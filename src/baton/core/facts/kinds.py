"""What a fact is made of: an envelope that all share, and a payload of its kind's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from baton.core.facts.plain import Reader, plain, reader_for


class Side(StrEnum):
    """Whose work it tells of."""

    MARKETING = "marketing"
    SALES = "sales"
    BOTH = "both"


class Touch(StrEnum):
    """Whether it brought us and the person together. Clocks stop on a first response."""

    NONE = "none"
    OURS = "ours"
    THEIRS = "theirs"
    ATTEMPT = "attempt"
    FIRST_RESPONSE = "first_response"


class Origin(StrEnum):
    """How it came to be known. Who acts on people listens to live facts only."""

    LIVE = "live"
    IMPORT = "import"
    DEMO = "demo"
    REPLAY = "replay"


ACTS = frozenset({Origin.LIVE})  # for subscribers that ring, mail, assign: act on people

kinds: dict[str, "type[Fact]"] = {}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something worth telling a colleague. Fields are ids and plain values: they live as JSON."""

    name: ClassVar[str]  # subject.past_tense: never renamed
    version: ClassVar[int] = 1  # raised with an @upcast from the version before
    side: ClassVar[Side] = Side.BOTH

    happened_at: datetime
    person_id: int | None = None
    company_id: int | None = None
    deal_id: int | None = None
    campaign_id: int | None = None
    actor_id: int | None = None  # the user who did it
    touch: Touch = Touch.NONE  # a kind may declare another default
    origin: Origin = Origin.LIVE
    batch: UUID | None = field(default=None, compare=False)  # what is undone together
    id: int = field(default=0, compare=False)  # given by publish()
    depth: int = field(default=0, compare=False)  # how many facts caused each other before it

    def __init_subclass__(cls) -> None:
        if "name" not in vars(cls):
            return  # a base that several kinds share
        if cls.name in kinds:
            raise TypeError(f"Two kinds of fact are called {cls.name}")
        kinds[cls.name] = cls

    @property
    def awaits_reply(self) -> bool:
        """Whether they wrote to us, and somebody owes them an answer; a kind may say so."""
        return False

    @property
    def touch_name(self) -> str:
        """What a touch of this kind is called; a kind with several sorts says which it was."""
        return self.name

    def payload(self) -> dict[str, Any]:
        """The kind's own fields, ready for JSON."""
        return {name: plain(getattr(self, name)) for name in readers(type(self))}


ENVELOPE = frozenset(shared.name for shared in fields(Fact))


_readers: dict[type[Fact], Mapping[str, Reader]] = {}


def readers(kind: type[Fact]) -> Mapping[str, Reader]:
    """For each field of the payload, what turns its JSON into its value again."""
    if kind not in _readers:
        own = [part.name for part in fields(kind) if part.name not in ENVELOPE]
        _readers[kind] = {name: reader_for(kind, name) for name in own}
    return _readers[kind]


@dataclass(frozen=True, kw_only=True)
class UnknownFact(Fact):
    """A fact whose kind is gone, or newer than this program. Kept, and shown raw."""

    name: ClassVar[str] = "fact.unknown"
    stored_name: str
    stored_version: int
    raw: dict[str, Any]

    def payload(self) -> dict[str, Any]:
        return self.raw


@dataclass(frozen=True, kw_only=True)
class FactsRetracted(Fact):
    """All facts of ``batch`` no longer stand: an import was undone."""

    name: ClassVar[str] = "fact.retracted"
    count: int
