"""A group as an address names it: records by their key, everything else by itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baton.core.access.models import Team, User
from baton.insight.analytics.queries.pipeline import NAMED
from baton.marketing.campaigns.models import Campaign

KEYED: dict[str, Any] = NAMED | {"rep": User, "team": Team}


class UnknownGroup(LookupError):
    """There is no record of that key."""


@dataclass(frozen=True)
class Group:
    """``value`` as the SQL knows it (None: all of them), ``label`` as the report does."""

    value: str | None
    label: str


def group_named(by: str, key: str | None) -> Group:
    """The group that this word of an address means; None means all. Raises UnknownGroup."""
    if not key:
        return Group(key, "")
    if by in KEYED:
        found = KEYED[by]._base_manager.filter(key=_uuid(key)).first()
        if found is None:
            raise UnknownGroup(key)
        return Group(str(found.pk), found.name)
    if by == "campaign":
        name = Campaign.objects.living().filter(code=key).values_list("name", flat=True).first()
        return Group(key, name or key)
    return Group(key, key)


def _uuid(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError as error:
        raise UnknownGroup(key) from error
