from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Side, Touch


@dataclass(frozen=True, kw_only=True)
class FormSubmitted(Fact):
    """A person sent a form; the agreement decides whether that raises a hand."""

    name: ClassVar[str] = "form.submitted"
    side: ClassVar[Side] = Side.MARKETING
    touch: Touch = Touch.THEIRS
    submission_id: int
    form_code: str
    form_name: str
    page: str = ""  # its title
    channel: str = ""
    campaign: str = ""

    @property
    def awaits_reply(self) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class VisitMade(Fact):
    """A visit (session) of a person we know, or came to know through its form."""

    name: ClassVar[str] = "visit.made"
    side: ClassVar[Side] = Side.MARKETING
    touch: Touch = Touch.THEIRS
    visit_id: int
    channel: str
    source: str = ""
    campaign: str = ""
    landing_page: str = ""
    pages: list[str]  # titles seen so far
    machine: str = ""  # why nobody made it: it gives no points
