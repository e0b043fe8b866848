"""Roles x areas x verbs -> scope: the one place that says who may do what, and to whose records."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Final

from django.utils.translation import gettext_lazy as _


class Area(StrEnum):
    """A part of the house that a role opens or not."""

    RELATIONS = "relations"  # people, companies, timeline, tasks
    MARKETING = "marketing"  # campaigns, pages and forms, personas
    QUALIFICATION = "qualification"  # leads to answer, agreement, routing, scoring
    SALES = "sales"  # deals, products
    INSIGHT = "insight"  # reports
    ADMINISTRATION = "administration"  # users, settings, keys, imports, backups


class Verb(StrEnum):
    """What is done. ``manage`` sets the rules for others (pipelines, routing, users)."""

    VIEW = "view"
    EDIT = "edit"
    DELETE = "delete"
    EXPORT = "export"
    MANAGE = "manage"


class Scope(StrEnum):
    """Whose records a verb reaches."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


class Role(StrEnum):
    """What somebody is in the company."""

    OWNER = "owner"
    ADMIN = "admin"
    MARKETER = "marketer"
    HEAD_OF_MARKETING = "head_of_marketing"
    SDR = "sdr"
    REP = "rep"
    CUSTOMER_OWNER = "customer_owner"
    SALES_MANAGER = "sales_manager"
    HEAD_OF_SALES = "head_of_sales"
    VIEWER = "viewer"


LABELS: Final = {
    Role.OWNER: _("Owner"),
    Role.ADMIN: _("Admin"),
    Role.MARKETER: _("Marketer"),
    Role.HEAD_OF_MARKETING: _("Head of marketing"),
    Role.SDR: _("SDR"),
    Role.REP: _("Rep"),
    Role.CUSTOMER_OWNER: _("Customer owner"),
    Role.SALES_MANAGER: _("Sales manager"),
    Role.HEAD_OF_SALES: _("Head of sales"),
    Role.VIEWER: _("Viewer"),
}

Grants = Mapping[Verb, Scope]
_V, _E, _D, _X, _M = Verb
_OWN, _TEAM, _ALL = Scope

_NOTHING: Grants = {}
_LOOK: Grants = {_V: _ALL}
_LOOK_TEAM: Grants = {_V: _TEAM}
_EVERYTHING: Grants = dict.fromkeys(Verb, _ALL)
_WORK_ALL: Grants = {_V: _ALL, _E: _ALL, _D: _ALL, _X: _ALL}
_WORK_TEAM: Grants = {_V: _TEAM, _E: _TEAM, _D: _OWN, _X: _OWN}
_WORK_OWN: Grants = {_V: _TEAM, _E: _OWN, _D: _OWN, _X: _OWN}
_LEAD_TEAM: Grants = {_V: _TEAM, _E: _TEAM, _D: _TEAM, _X: _TEAM, _M: _ALL}

_ORDER = (Area.RELATIONS, Area.MARKETING, Area.QUALIFICATION, Area.SALES, Area.INSIGHT)


def _row(*grants: Grants, administration: Grants = _NOTHING) -> Mapping[Area, Grants]:
    return {
        **dict(zip(_ORDER, grants, strict=True)),
        Area.ADMINISTRATION: administration,
    }


# relations, marketing, qualification, sales, insight
_HAND: Final = _row(_WORK_TEAM, _LOOK, _WORK_OWN, _WORK_OWN, _LOOK_TEAM)
MATRIX: Final[Mapping[Role, Mapping[Area, Grants]]] = {
    Role.OWNER: _row(*[_EVERYTHING] * 5, administration=_EVERYTHING),
    Role.ADMIN: _row(*[_EVERYTHING] * 5, administration=_EVERYTHING),
    Role.MARKETER: _row(_WORK_ALL, _EVERYTHING, _LOOK, _LOOK, _LOOK),
    Role.HEAD_OF_MARKETING: _row(_WORK_ALL, _EVERYTHING, {_V: _ALL, _M: _ALL}, _LOOK, _EVERYTHING),
    Role.SDR: _HAND,
    Role.REP: _HAND,
    Role.CUSTOMER_OWNER: _HAND,
    Role.SALES_MANAGER: _row(_LEAD_TEAM, _LOOK, _LEAD_TEAM, _LEAD_TEAM, _LOOK_TEAM),
    Role.HEAD_OF_SALES: _row(_EVERYTHING, _LOOK, _EVERYTHING, _EVERYTHING, _EVERYTHING),
    Role.VIEWER: _row(*[_LOOK] * 5),
}


@cache
def scope_of(role: str, area: Area, verb: Verb) -> Scope | None:
    """How far the role reaches with this verb in this area; None = not at all."""
    try:
        return MATRIX[Role(role)][area].get(verb)
    except ValueError:
        return None


@cache
def is_bounded(role: str) -> bool:
    """Whether anything that the role may do ends at a team's or one's own records."""
    areas = MATRIX[Role(role)].values() if role in set(Role) else ()
    return any(scope is not Scope.ALL for verbs in areas for scope in verbs.values())
