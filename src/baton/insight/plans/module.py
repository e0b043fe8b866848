"""Where plans stand in the shell, in reviews and in the history."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.changes.slots import tracked
from baton.core.offers import ArchivePart, archive_parts
from baton.core.settings.queries import organisation_zone
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.insight.plans.actions import TRACKED
from baton.insight.plans.permissions import VIEW_PLANS
from baton.insight.plans.queries import checks_of, plan_in_force, quarter_of
from baton.insight.plans.rules import Assumed
from baton.insight.plans.words import ASSUMED, off_words
from baton.insight.reviews.rules import Item
from baton.insight.reviews.slots import AgendaPart, agenda_parts


def _off(monday: date, user: User, at: datetime) -> Iterator[Item]:
    """What the plan in force assumes, and the quarter so far contradicts by more than luck."""
    quarter = quarter_of(monday)
    plan = plan_in_force(quarter) if user.may(VIEW_PLANS) else None
    if plan is None:
        return
    today = min(at.astimezone(organisation_zone()).date(), monday + timedelta(days=7))
    for check in checks_of(plan.said().assumptions, quarter=quarter, today=today):
        if check.is_off:
            words, url = str(ASSUMED[check.name]), plan.get_absolute_url()
            tells = "amount" if check.name is Assumed.AVERAGE_DEAL else ""
            yield Item(words=words, value=off_words(check), url=url, hue="red", tells=tells)


tracked.add(TRACKED)
agenda_parts.add(
    AgendaPart(name="plans", title=_("What the plan assumes, and is otherwise"), lines=_off)
)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Quarterly plan"),
        url_name="plans:plans",
        icon="agreement",
        permission=VIEW_PLANS.name,
        position=3,
        also=_("Targets, budget, launches, capacity, assumptions, signatures"),
    )
)
archive_parts.add(ArchivePart(app="plans"))
