"""Codes of the rules, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from baton.marketing.campaigns.rules import CostKind, State, Status

COST_KINDS: dict[str, str | Promise] = {
    CostKind.ADS: gettext_lazy("Ads"),
    CostKind.PEOPLE: gettext_lazy("People"),
    CostKind.TOOLS: gettext_lazy("Tools"),
    CostKind.AGENCIES: gettext_lazy("Agencies"),
    CostKind.OTHER: gettext_lazy("Other"),
}
STATUSES: dict[str, str | Promise] = {
    Status.REACHED: gettext_lazy("Reached"),
    Status.RESPONDED: gettext_lazy("Responded"),
}


@dataclass(frozen=True)
class Badge:
    """What a badge says, and its colour."""

    name: str | Promise
    hue: str


STATES = {
    State.PLANNED: Badge(gettext_lazy("Planned"), "gray"),
    State.RUNNING: Badge(gettext_lazy("Running"), "green"),
    State.OVER: Badge(gettext_lazy("Over"), "blue"),
}
STATUS_BADGES = {
    Status.REACHED: Badge(STATUSES[Status.REACHED], "gray"),
    Status.RESPONDED: Badge(STATUSES[Status.RESPONDED], "teal"),
}
