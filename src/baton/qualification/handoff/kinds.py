"""Where the page of each kind of agreement stands, and its tabs."""

from django.urls import reverse

from baton.core.offers import Label
from baton.qualification.handoff.rules import Kind
from baton.qualification.handoff.slots import kept_above
from baton.qualification.handoff.words import KINDS

_PAGES = {Kind.MARKETING: "agreement", Kind.EXECUTIVE: "executives", Kind.OWNER: "owners"}


def page_url(kind: str) -> str:
    return reverse(f"handoff:{_PAGES[Kind(kind)]}")


def part_url(kind: str, part: str, *args: object) -> str:
    """``amend``, ``sign``, ``version`` or ``effect`` of this kind."""
    name = part if kind == Kind.MARKETING else f"{_PAGES[Kind(kind)]}-{part}"
    return reverse(f"handoff:{name}", args=args)


def tabs(current: str) -> list[tuple[str, Label, bool]]:
    """The kinds that there are: address, label, whether it is this one."""
    shown = [kind for kind in Kind if kind != Kind.OWNER or kept_above.find(kind)]
    return [(page_url(kind), KINDS[kind], kind == current) for kind in shown]
