"""Where the reports stand in the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.home.slots import home_blocks
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.views.home import BLOCKS

for block in BLOCKS:
    home_blocks.add(block)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Closed loop"),
        url_name="analytics:closed-loop",
        icon="loop",
        permission=VIEW_REPORTS.name,
        position=10,
        key="g r",
    )
)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Pipeline"),
        url_name="analytics:pipeline",
        icon="report",
        permission=VIEW_REPORTS.name,
        position=20,
    )
)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Attribution"),
        url_name="analytics:attribution",
        icon="click",
        permission=VIEW_REPORTS.name,
        position=12,
    )
)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Cohorts"),
        url_name="analytics:cohorts",
        icon="table",
        permission=VIEW_REPORTS.name,
        position=14,
    )
)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Velocity"),
        url_name="analytics:velocity",
        icon="bolt",
        permission=VIEW_REPORTS.name,
        position=22,
    )
)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Your last year"),
        url_name="analytics:last-year",
        icon="history",
        permission=VIEW_REPORTS.name,
        position=24,
        also=_("Leads nobody called, time to first activity, import of an old CRM"),
    )
)
