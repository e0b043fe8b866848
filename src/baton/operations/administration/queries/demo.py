"""What the shell says of the demo, and what would go with it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.models import User
from baton.core.access.roles import LABELS, Role
from baton.core.demo.queries import may_switch, real_logins, roots_by_model, what_goes
from baton.core.settings.models import Organisation
from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped

SIDES = {Role.MARKETER: gettext_lazy("marketing"), Role.REP: gettext_lazy("sales")}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of the demo's people, as the switch shows them."""

    user: User
    says: str | Promise  # "marketing", "Sales manager"
    is_on: bool

    @property
    def first_name(self) -> str:
        return self.user.name.partition(" ")[0]


@dataclass(frozen=True, kw_only=True)
class Switch:
    """``front``: one for each side, one press away; the others are in a menu."""

    front: list[Part]
    others: list[Part]


def switch_for(user: User, *, behind: User | None, cast: Collection[User]) -> Switch | None:
    """Between those of the demo's ``cast``; None for who may not switch."""
    if not may_switch(user, behind=behind, cast=cast):
        return None
    front: list[Part] = []
    others: list[Part] = []
    sides = dict(SIDES)
    for one in cast:
        role = Role(one.role)
        is_first, says = role in sides, sides.pop(role, LABELS[role])
        part = Part(user=one, says=says, is_on=one == user)
        (front if is_first else others).append(part)
    return Switch(front=front, others=others)


@dataclass(frozen=True, kw_only=True)
class Removal:
    """What one is told before the demo goes, and what is asked for since nobody would be left."""

    goes: list[str]  # "60 people"
    own: list[str]  # added since by those who looked around; these go, too
    asks_company: bool  # the company itself came with the demo
    asks_admin: bool  # nobody who stays could manage Baton


def removal() -> Removal:
    found, made = what_goes(), roots_by_model()
    own = {label: ids - set(made.get(label, ())) for label, ids in found.items()}
    users = len(made.get(User._meta.label, ()))
    return Removal(
        goes=[*_counted(found), ngettext("%(n)s user", "%(n)s users", users) % {"n": users}],
        own=_counted(own),
        asks_company=Organisation._meta.label in made and organisation().is_demo,
        asks_admin=not real_logins().filter(role__in=[Role.OWNER, Role.ADMIN]).exists(),
    )


def _counted(found: dict[str, set[int]]) -> list[str]:
    counts = {label: len(found.get(label, ())) for label in _names(0)}
    return [_names(n)[label] % {"n": grouped(n)} for label, n in counts.items() if n]


def _names(n: int) -> dict[str, str]:
    """What people would miss, by the model's label; what only belongs to those is not told."""
    return {
        "people.Person": ngettext("%(n)s person", "%(n)s people", n),
        "people.Company": ngettext("%(n)s company", "%(n)s companies", n),
        "deals.Deal": ngettext("%(n)s deal", "%(n)s deals", n),
        "handoff.Handoff": ngettext("%(n)s lead", "%(n)s leads", n),
        "campaigns.Campaign": ngettext("%(n)s campaign", "%(n)s campaigns", n),
        "capture.Page": ngettext("%(n)s page", "%(n)s pages", n),
        "timeline.Task": ngettext("%(n)s task", "%(n)s tasks", n),
        "purchases.Product": ngettext("%(n)s product", "%(n)s products", n),
    }
