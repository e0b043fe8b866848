"""Where reviews stand in the shell and in the history."""

from django.utils.translation import gettext_lazy as _

from baton.core.changes.slots import tracked
from baton.core.offers import ArchivePart, archive_parts
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.insight.reviews.actions import TRACKED
from baton.insight.reviews.permissions import VIEW_REVIEWS

tracked.add(TRACKED)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Weekly review"),
        url_name="reviews:review",
        icon="review",
        permission=VIEW_REVIEWS.name,
        position=4,
        key="g w",
        also=_("Agenda, minutes, decisions, promises"),
    )
)
archive_parts.add(ArchivePart(app="reviews", left_out={"Draft": "typed, and not said"}))
