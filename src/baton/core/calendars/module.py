"""What calendars plug into the shell, undo and home."""

from django.utils.translation import gettext_lazy as _

from baton.core.calendars.actions import FREE_DAY, LEAVE
from baton.core.calendars.home import AWAY
from baton.core.calendars.permissions import KEEP_LEAVE
from baton.core.changes.slots import tracked
from baton.core.home.slots import home_blocks
from baton.core.offers import ArchivePart, archive_parts
from baton.core.ui.slots import Group, NavigationItem, navigation

tracked.add(LEAVE)
tracked.add(FREE_DAY)
home_blocks.add(AWAY)
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Your days off"),
        url_name="calendars:own",
        icon="calendar",
        permission=KEEP_LEAVE.name,
        position=300,
        also=_("Leave, vacation, holiday, sick"),
    )
)
archive_parts.add(ArchivePart(app="calendars"))
