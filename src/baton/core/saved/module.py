"""What saved views plug into the shell and into undo."""

from django.utils.translation import gettext_lazy as _

from baton.core.changes.slots import tracked
from baton.core.offers import ArchivePart, archive_parts
from baton.core.saved.actions import VIEW
from baton.core.saved.shown import pinned_by, place_pins
from baton.core.ui.slots import Group, NavigationItem, PinKind, navigation, pins

tracked.add(VIEW)
pins.add(PinKind(found=pinned_by, place=place_pins))
archive_parts.add(ArchivePart(app="saved"))
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Order of pins"),
        url_name="ui:pins",
        icon="star",
        position=320,
    )
)
