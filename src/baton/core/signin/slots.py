"""Who has no second step, whatever the company asks for."""

from collections.abc import Callable
from dataclasses import dataclass

from baton.core.access.models import User
from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """Accounts that many share: a phone is somebody's own."""

    name: str
    holds: Callable[[User], bool]


exemptions: Slot[Exemption] = Slot(key=lambda exemption: exemption.name)


def is_exempt(user: User) -> bool:
    return any(exemption.holds(user) for exemption in exemptions)
