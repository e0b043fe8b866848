"""What the website's traffic plugs into core: undo, saved views, the file of everything."""

from django.utils.translation import gettext_lazy

from baton.core.changes.slots import tracked
from baton.core.offers import ArchivePart, archive_parts
from baton.core.saved.slots import SavedList, saved_lists
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.marketing.traffic.actions import TRAFFIC
from baton.marketing.traffic.permissions import VIEW_TRAFFIC
from baton.marketing.traffic.views import DAYS

tracked.add(TRAFFIC)
navigation.add(
    NavigationItem(
        group=Group.MARKETING,
        label=gettext_lazy("Website traffic"),
        url_name="traffic:traffic",
        icon="visit",
        permission=VIEW_TRAFFIC.name,
        position=50,
    )
)
saved_lists.add(
    SavedList(
        name=DAYS.name,
        label=gettext_lazy("Website traffic by day"),
        url_name="traffic:days",
        icon="visit",
        permission=VIEW_TRAFFIC.name,
        listing=lambda: DAYS,
    )
)
archive_parts.add(ArchivePart(app="traffic"))
