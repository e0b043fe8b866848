"""What material plugs into core and people."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from baton.core import offers
from baton.core.changes.slots import tracked
from baton.core.colleagues.slots import About, RecordKind, record_kinds
from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts
from baton.core.saved.slots import SavedList, saved_lists
from baton.core.ui.slots import Group, NavigationItem, commands, finders, navigation
from baton.records.material.actions import MATERIAL, USE
from baton.records.material.entries import ENTRIES
from baton.records.material.finders import COMMAND, FINDER
from baton.records.material.models import Material, MaterialUse
from baton.records.material.notices import STALE
from baton.records.material.offers import material_fields
from baton.records.material.permissions import EDIT_MATERIAL, VIEW_MATERIAL
from baton.records.material.views.library import LIBRARY
from baton.records.material.views.sending import call_panel, person_panel
from baton.records.people.actions import person_rows
from baton.records.people.slots import PersonPanel, Place, person_carriers, person_panels

for kind in (MATERIAL, USE):
    tracked.add(kind)
for entry in ENTRIES:
    offers.timeline_entries.add(entry)
for field in material_fields():
    offers.filter_fields.add(field)
record_kinds.add(
    RecordKind(
        name="material",
        icon="content",
        view=VIEW_MATERIAL,
        edit=EDIT_MATERIAL,
        reached=Material.objects.visible_to,
        about=lambda _material: About(),
        is_shared=False,
    )
)
person_panels.add(
    PersonPanel(
        name="material-call",
        place=Place.CALL,
        render=call_panel,
        order=40,
        permission=VIEW_MATERIAL.name,
    )
)
person_panels.add(
    PersonPanel(
        name="material",
        place=Place.RELATED,
        render=person_panel,
        order=22,
        permission=VIEW_MATERIAL.name,
    )
)
navigation.add(
    NavigationItem(
        group=Group.MARKETING,
        label=_("Sales material"),
        url_name="material:library",
        icon="content",
        permission=VIEW_MATERIAL.name,
        position=25,
        also=_("Collateral, content library, case studies, battle cards, sales enablement"),
    )
)
saved_lists.add(
    SavedList(
        name=LIBRARY.name,
        label=_("Sales material"),
        url_name="material:library",
        icon="content",
        permission=VIEW_MATERIAL.name,
        listing=partial(lambda one: one, LIBRARY),
    )
)
finders.add(FINDER)
commands.add(COMMAND)
notice_kinds.add(STALE)
person_carriers.add(person_rows(MaterialUse))
archive_parts.add(ArchivePart(app="material"))
