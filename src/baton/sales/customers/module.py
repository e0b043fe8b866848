"""What customers plug into the shell, the pages of people and companies, and the offers."""

from django.utils.translation import gettext_lazy as _

from baton.core import offers
from baton.core.access.slots import ShareCause, share_causes
from baton.core.changes.slots import tracked
from baton.core.home.slots import home_blocks
from baton.core.limits import AlsoAsked, also_asked
from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts
from baton.core.saved.slots import Charge, SavedList, charges, saved_lists
from baton.core.ui.slots import Command, Group, NavigationItem, commands, finders, navigation
from baton.qualification.handoff.slots import kept_above
from baton.records.people.actions import company_rows, person_rows
from baton.records.people.slots import (
    CompanyPanel,
    PersonPanel,
    Place,
    company_carriers,
    company_panels,
    person_carriers,
    person_panels,
)
from baton.sales.customers.actions import (
    CHECKIN_RULES,
    CUSTOMER,
    FAVOUR_TERMS,
    FAVOURS,
    STEPS,
    SURVEYS,
    TEMPLATE,
)
from baton.sales.customers.actions.holding import CAUSE
from baton.sales.customers.finders import FINDERS
from baton.sales.customers.kept import KEPT
from baton.sales.customers.models import Customer, Favour, Survey
from baton.sales.customers.notices import KINDS
from baton.sales.customers.offers import (
    customer_entries,
    customer_fields,
    customer_triggers,
)
from baton.sales.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.views.home import BLOCKS
from baton.sales.customers.views.listing import LISTING
from baton.sales.customers.views.panels import company_panel, person_panel

for kind in (CUSTOMER, FAVOUR_TERMS, STEPS, TEMPLATE, SURVEYS, FAVOURS, CHECKIN_RULES):
    tracked.add(kind)
share_causes.add(ShareCause(name=CAUSE, label=_("Looks after this customer")))
for told in KINDS:
    notice_kinds.add(told)
for block in BLOCKS:
    home_blocks.add(block)
for field in customer_fields():
    offers.filter_fields.add(field)
for asked in ("employee_count", "industry", "country"):
    also_asked.add(AlsoAsked(name=f"customer.{asked}", of=f"company.{asked}"))
for trigger in customer_triggers():
    offers.triggers.add(trigger)
for entry in customer_entries():
    offers.timeline_entries.add(entry)
for finder in FINDERS:
    finders.add(finder)
navigation.add(
    NavigationItem(
        group=Group.RELATIONS,
        label=_("Customers"),
        url_name="customers:customers",
        icon="won",
        permission=VIEW_CUSTOMERS.name,
        position=32,
        key="g k",
        also=_("Onboarding, renewals, health, churn, success, handover, surveys, NPS, CSAT"),
    )
)
kept_above.add(KEPT)
commands.add(
    Command(
        label=_("Asking for reviews and referrals"),
        url_name="customers:asking",
        icon="star",
        permission=MANAGE_CUSTOMERS.name,
        position=81,
    )
)
commands.add(
    Command(
        label=_("Agreement on customers"),
        url_name="handoff:owners",
        icon="settings",
        permission=MANAGE_CUSTOMERS.name,
        position=80,
        also=_("Handover after the win, customer owner"),
    )
)
charges.add(Charge(on=LISTING.name, label=_("Customers"), order=25))
saved_lists.add(
    SavedList(
        name=LISTING.name,
        label=_("Customers"),
        url_name="customers:customers",
        icon="won",
        permission=VIEW_CUSTOMERS.name,
        listing=lambda: LISTING,
    )
)
person_panels.add(
    PersonPanel(
        name="customer",
        place=Place.RELATED,
        render=person_panel,
        order=15,
        permission=VIEW_CUSTOMERS.name,
    )
)
company_panels.add(
    CompanyPanel(
        name="customer",
        place=Place.RELATED,
        render=company_panel,
        order=15,
        permission=VIEW_CUSTOMERS.name,
    )
)
# Of two customers that become one company one stays where it was: an undo parts them again.
company_carriers.add(company_rows(Customer, once=()))
person_carriers.add(person_rows(Customer, once=("company_id",)))
person_carriers.add(person_rows(Survey))
person_carriers.add(person_rows(Favour))
person_carriers.add(person_rows(Favour, "referred"))
archive_parts.add(ArchivePart(app="customers"))
