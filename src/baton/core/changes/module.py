"""What changes plug into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.offers import ArchivePart, archive_parts
from baton.core.ui.slots import Group, NavigationItem, navigation

navigation.add(
    NavigationItem(
        group=Group.FOOT,
        label=_("Trash"),
        url_name="changes:trash",
        icon="trash",
        position=200,
    )
)
archive_parts.add(
    ArchivePart(
        app="changes",
        made_at_first=frozenset({"Change"}),
    )
)
