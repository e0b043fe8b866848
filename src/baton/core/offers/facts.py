"""How facts are called and shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baton.core.facts import Fact
from baton.core.offers.words import Label
from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """A fact, of any module, for which rules may give points, and how people call it."""

    label: Label
    fact: type[Fact]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What rows of a module add to one entry of a timeline; an empty part changes nothing."""

    title: str = ""
    detail: str = ""
    quote: str = ""  # words of a person, set apart: the text of a note, what was said in a call
    url: str = ""
    edit_url: str = ""  # the form for who wrote it
    pin_url: str = ""  # takes it on top of the timeline, or away from there
    is_pinned: bool = False
    icon: str = ""
    hue: str = ""
    is_gone: bool = False  # its row lies in the trash: leave the entry out


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """How a kind of fact looks on a timeline. Facts without one are shown by their name.

    ``tell_many`` reads what the payload has not: all facts of the kind on the page in, one telling
    by fact id out, with a fixed number of queries; a campaign's own timeline asks
    ``tell_at_campaign`` instead, and tells of its people what ``is_milestone``.
    """

    fact: type[Fact]
    icon: str = ""
    hue: str = "gray"
    title: Callable[[Any], str] = lambda fact: str(fact.name)
    detail: Callable[[Any], str | None] = lambda fact: None
    url: Callable[[Any], str | None] = lambda fact: None
    tell_many: Callable[[Sequence[Any]], Mapping[int, Telling]] | None = None
    tell_at_campaign: Callable[[Sequence[Any]], Mapping[int, Telling]] | None = None
    is_hidden: bool = False
    is_milestone: bool = False


triggers: Slot[Trigger] = Slot(key=lambda offer: offer.fact.name)


timeline_entries: Slot[TimelineEntry] = Slot(key=lambda offer: offer.fact.name)
