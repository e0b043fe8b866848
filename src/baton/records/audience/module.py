"""What audience plugs into core and people."""

from django.utils.translation import gettext_lazy as _

from baton.core.changes.slots import tracked
from baton.core.offers import ArchivePart, archive_parts, timeline_entries
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.records.audience import views
from baton.records.audience.actions import PERSONA
from baton.records.audience.actions.carrying import CARRIER
from baton.records.audience.entries import ENTRIES
from baton.records.audience.permissions import VIEW_PERSONAS
from baton.records.people.slots import PersonPanel, Place, person_carriers, person_panels

tracked.add(PERSONA)
for entry in ENTRIES:
    timeline_entries.add(entry)
person_panels.add(
    PersonPanel(
        name="persona",
        place=Place.RELATED,
        render=views.person_panel,
        order=20,
        permission=VIEW_PERSONAS.name,
    )
)
navigation.add(
    NavigationItem(
        group=Group.MARKETING,
        label=_("Personas"),
        url_name="audience:personas",
        icon="persona",
        permission=VIEW_PERSONAS.name,
        position=20,
    )
)
person_carriers.add(CARRIER)
archive_parts.add(ArchivePart(app="audience"))
