from baton.core.access.models import User
from baton.core.home.slots import HomeBlock, home_blocks


def blocks_for(user: User) -> list[HomeBlock]:
    """Those of the user's role that the user may open, in their order."""
    mine = [block for block in home_blocks if not block.roles or user.role in block.roles]
    allowed = [block for block in mine if not block.permission or user.may(block.permission)]
    return sorted(allowed, key=lambda block: block.order)
