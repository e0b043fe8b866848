"""Where goals stand in the shell, on the first page and in the history."""

from django.utils.translation import gettext_lazy as _

from baton.core.changes.slots import tracked
from baton.core.home.slots import home_blocks
from baton.core.offers import ArchivePart, archive_parts
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.insight.goals.actions import TRACKED
from baton.insight.goals.permissions import VIEW_GOALS
from baton.insight.goals.views.home import BLOCKS

for block in BLOCKS:
    home_blocks.add(block)
tracked.add(TRACKED)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Goals"),
        url_name="goals:goals",
        icon="goal",
        permission=VIEW_GOALS.name,
        position=2,
        key="g g",
        also=_("Quotas, targets, pace, forecast, pipeline coverage"),
    )
)
archive_parts.add(ArchivePart(app="goals"))
