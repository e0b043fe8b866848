"""Places on the pages of a person and a company where higher modules show what is theirs.

And the names of what people keep as a code only.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from baton.core.slots import Slot
from baton.records.people.models import Company, Person


class Place(StrEnum):
    """Where on the page; the panels of one place stand in their order."""

    STAGEBAR = "stagebar"  # under the name, over the columns
    PROPERTIES = "properties"  # left, below the details
    MAIN = "main"  # the middle: composer and timeline
    RELATED = "related"  # right


@dataclass(frozen=True, kw_only=True)
class PersonPanel:
    """``render`` gives ready HTML (render_to_string); "" shows nothing."""

    name: str
    place: str  # one of Place
    render: Callable[[Any, Person], str]  # of a request with its user
    order: int = 100
    permission: str = ""  # its name; empty: whoever sees the person


@dataclass(frozen=True, kw_only=True)
class PersonAction:
    """A button in the head of the page; it leads to ``url(person)``, "" = not now."""

    label: str | Promise
    icon: str
    url: Callable[[Person], str]
    permission: str = ""
    order: int = 100
    key: str = ""
    is_primary: bool = False


@dataclass(frozen=True, kw_only=True)
class CompanyPanel:
    """``render`` gives ready HTML (render_to_string); "" shows nothing."""

    name: str
    place: str  # one of Place
    render: Callable[[Any, Company], str]
    order: int = 100
    permission: str = ""


@dataclass(frozen=True, kw_only=True)
class CompanyAction:
    """A button in the head of the page; it leads to ``url(company)``, "" = not now."""

    label: str | Promise
    icon: str
    url: Callable[[Company], str]
    permission: str = ""
    order: int = 100
    key: str = ""
    is_primary: bool = False


person_panels: Slot[PersonPanel] = Slot(key=lambda panel: panel.name)
person_actions: Slot[PersonAction] = Slot()
company_panels: Slot[CompanyPanel] = Slot(key=lambda panel: panel.name)
company_actions: Slot[CompanyAction] = Slot()
# Names by code, all codes at once; what is no code of theirs is left out.
campaign_namers: Slot[Callable[[Collection[str]], Mapping[str, str]]] = Slot()
