from baton.core.access.models import User
from baton.core.facts.models import Cursor
from baton.core.home.slots import HomeBlock, home_blocks
from baton.core.prepared import Prepared

MANY = 500_000  # facts; to count what fewer tell of takes no longer than a page may
_LINES = Prepared(lambda name: Cursor.objects.filter(name=name).values_list("position", flat=True))


def happens_much() -> bool:
    """Whether so much is known that counting a period of it is felt."""
    return any(position >= MANY for position in _LINES.rows(name=Cursor.LINE))


def blocks_for(user: User) -> list[HomeBlock]:
    """Those of the user's role that the user may open, in their order."""
    mine = [block for block in home_blocks if not block.roles or user.role in block.roles]
    allowed = [block for block in mine if not block.permission or user.may(block.permission)]
    return sorted(allowed, key=lambda block: block.order)
