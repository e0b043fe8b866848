"""What somebody put into their own sidebar, in their own order: views and records together."""

from django.db import transaction
from django.http import HttpRequest

from baton.core.ui.slots import PinnedPlace, pins


def pinned_of(request: HttpRequest) -> list[PinnedPlace]:
    """Those that were given a place stand in that order, below what was pinned since."""
    found = [one for kind in pins for one in kind.found(request)]
    return sorted(found, key=lambda one: (one.position is not None, one.position or 0))


@transaction.atomic
def move_pin(request: HttpRequest, *, name: str, to: int) -> int | None:
    """To that place, counted from 0; past the end is the end. Where it stood; None: it is not
    pinned any more."""
    names = [one.name for one in pinned_of(request)]
    if name not in names:
        return None
    stood = names.index(name)
    names.remove(name)
    names.insert(max(to, 0), name)
    positions = {one: position for position, one in enumerate(names)}
    for kind in pins:
        kind.place(request, positions)
    return stood
