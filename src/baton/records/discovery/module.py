"""What discovery plugs into core and people."""

from django.utils.translation import gettext_lazy as _

from baton.core.changes.slots import tracked
from baton.core.fields.slots import FieldUse, field_uses
from baton.core.offers import ArchivePart, archive_parts, timeline_entries
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.records.discovery.actions import DISCOVERY, GUIDE
from baton.records.discovery.entries import ENTRIES
from baton.records.discovery.models import Discovery
from baton.records.discovery.permissions import VIEW_ANSWERS, VIEW_GUIDES
from baton.records.discovery.queries import guides_that_fill
from baton.records.discovery.views.asking import call_panel, person_panel
from baton.records.people.actions import person_rows
from baton.records.people.slots import PersonPanel, Place, person_carriers, person_panels

tracked.add(GUIDE)
tracked.add(DISCOVERY)
for entry in ENTRIES:
    timeline_entries.add(entry)
person_panels.add(
    PersonPanel(
        name="guide",
        place=Place.CALL,
        render=call_panel,
        order=30,
        permission=VIEW_ANSWERS.name,
    )
)
person_panels.add(
    PersonPanel(
        name="discovery",
        place=Place.RELATED,
        render=person_panel,
        order=25,
        permission=VIEW_ANSWERS.name,
    )
)
field_uses.add(
    FieldUse(
        name="discovery",
        named=lambda object_type, code: guides_that_fill(f"{object_type}.custom.{code}"),
    )
)
navigation.add(
    NavigationItem(
        group=Group.HANDOFF,
        label=_("Call guides"),
        url_name="discovery:guides",
        icon="help",
        permission=VIEW_GUIDES.name,
        position=70,
        also=_("Discovery, playbooks, scripts, questions for the first call"),
    )
)
person_carriers.add(person_rows(Discovery))
archive_parts.add(ArchivePart(app="discovery"))
