"""What booking plugs into the shell, people, the inbox, and the page that thanks for a form."""

from django.utils.translation import gettext_lazy as _

from baton.core import offers
from baton.core.changes.slots import tracked
from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts
from baton.core.steps import NextStep, next_steps
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.records.people.actions import person_rows
from baton.records.people.slots import person_carriers
from baton.sales.scheduling.actions import PAGE
from baton.sales.scheduling.entries import ENTRIES, TRIGGERS
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.notices import KINDS
from baton.sales.scheduling.permissions import EDIT_BOOKINGS, VIEW_BOOKINGS
from baton.sales.scheduling.thanks import choose_a_time

tracked.add(PAGE)
for entry in ENTRIES:
    offers.timeline_entries.add(entry)
for trigger in TRIGGERS:
    offers.triggers.add(trigger)
for kind in KINDS:
    notice_kinds.add(kind)
next_steps.add(NextStep(name="meeting", offer=choose_a_time))
navigation.add(
    NavigationItem(
        group=Group.RELATIONS,
        label=_("Meetings"),
        url_name="scheduling:bookings",
        icon="meeting",
        permission=VIEW_BOOKINGS.name,
        position=35,
        key="g b",
        also=_("Booked, calendar, appointments"),
    )
)
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Booking page"),
        url_name="scheduling:own",
        icon="calendar",
        permission=EDIT_BOOKINGS.name,
        position=515,
        also=_("Link to book a meeting, calendar, slots, scheduling"),
    )
)
person_carriers.add(person_rows(Booking))
archive_parts.add(ArchivePart(app="scheduling", blank={"Booking": {"network": ""}}))
