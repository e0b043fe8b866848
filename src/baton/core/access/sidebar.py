"""The groups of the sidebar that can be folded, and those that a role begins with folded."""

from collections.abc import Mapping
from typing import Final

from baton.core.access.roles import Role
from baton.core.ui.slots import Group

FOLDS: Final = (Group.HANDOFF, Group.RELATIONS, Group.MARKETING, Group.INSIGHT)
OF_SALES: Final = frozenset[str]({Group.MARKETING, Group.INSIGHT})
AT_FIRST: Final[Mapping[str, frozenset[str]]] = {
    Role.SDR: OF_SALES,
    Role.REP: OF_SALES,
    Role.CUSTOMER_OWNER: OF_SALES,
    Role.SALES_MANAGER: frozenset({Group.MARKETING}),
    Role.HEAD_OF_SALES: frozenset({Group.MARKETING}),
    Role.MARKETER: frozenset({Group.INSIGHT}),
    Role.HEAD_OF_MARKETING: frozenset({Group.RELATIONS}),
}
NONE: Final = frozenset[str]()


def folded_at_first(role: str) -> frozenset[str]:
    """What this role needs least."""
    return AT_FIRST.get(role, NONE)
