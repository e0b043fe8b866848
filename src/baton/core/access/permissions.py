"""A module declares what can be done in it; the roles decide who may (see roles.py)."""

from dataclasses import dataclass

from baton.core.access.roles import Area, Verb


@dataclass(frozen=True)
class Permission:
    """``people.edit``: an area of the house and a verb; registered by being made."""

    name: str
    area: Area
    verb: Verb

    def __post_init__(self) -> None:
        if registered.setdefault(self.name, self) != self:
            raise TypeError(f"Two permissions are called {self.name}")


registered: dict[str, Permission] = {}
