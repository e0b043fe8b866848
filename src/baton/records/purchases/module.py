"""What purchases plug into core."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from baton.core import offers
from baton.core.changes.slots import tracked
from baton.core.limits import AlsoAsked, also_asked
from baton.core.offers import ArchivePart, archive_parts
from baton.core.saved.slots import SavedList, saved_lists
from baton.core.ui.slots import Command, Group, NavigationItem, commands, navigation
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
from baton.records.purchases.actions import HOOK, ORDER, PRODUCT, REFUND, SUBSCRIPTION
from baton.records.purchases.fields import purchase_fields
from baton.records.purchases.models import Order, Subscription
from baton.records.purchases.offers import purchase_entries, purchase_triggers
from baton.records.purchases.permissions import EDIT_PURCHASES, VIEW_PRODUCTS, VIEW_PURCHASES
from baton.records.purchases.views.lists import ORDERS, SUBSCRIPTIONS
from baton.records.purchases.views.panels import company_panel, person_panel
from baton.records.purchases.views.products import PRODUCTS

for kind in (PRODUCT, ORDER, REFUND, SUBSCRIPTION, HOOK):
    tracked.add(kind)
for model in (Order, Subscription):
    person_carriers.add(person_rows(model))
    company_carriers.add(company_rows(model))
for trigger in purchase_triggers():
    offers.triggers.add(trigger)
for field in purchase_fields():
    offers.filter_fields.add(field)
for bought in ("order", "subscription"):
    also_asked.add(AlsoAsked(name=f"{bought}.owner", of="person.owner"))
for entry in purchase_entries():
    offers.timeline_entries.add(entry)
navigation.add(
    NavigationItem(
        group=Group.RELATIONS,
        label=_("Products"),
        url_name="purchases:products",
        icon="product",
        permission=VIEW_PRODUCTS.name,
        position=60,
    )
)
saved_lists.add(
    SavedList(
        name=PRODUCTS.name,
        label=_("Products"),
        url_name="purchases:products",
        icon="product",
        permission=VIEW_PRODUCTS.name,
        listing=lambda: PRODUCTS,
    )
)
navigation.add(
    NavigationItem(
        group=Group.RELATIONS,
        label=_("Purchases"),
        url_name="purchases:orders",
        icon="money",
        permission=VIEW_PURCHASES.name,
        position=55,
    )
)
for listing, label, url_name, icon in (
    (ORDERS, _("Purchases"), "purchases:orders", "money"),
    (SUBSCRIPTIONS, _("Subscriptions"), "purchases:subscriptions", "recycle"),
):
    saved_lists.add(
        SavedList(
            name=listing.name,
            label=label,
            url_name=url_name,
            icon=icon,
            permission=VIEW_PURCHASES.name,
            listing=partial(lambda one: one, listing),
        )
    )
commands.add(
    Command(
        label=_("New purchase"),
        url_name="purchases:new-order",
        icon="plus",
        permission=EDIT_PURCHASES.name,
        position=35,
        also=_("Add create order sale"),
        makes=True,
    )
)
person_panels.add(
    PersonPanel(
        name="purchases",
        place=Place.RELATED,
        render=person_panel,
        order=25,
        permission=VIEW_PURCHASES.name,
    )
)
company_panels.add(
    CompanyPanel(
        name="purchases",
        place=Place.RELATED,
        render=company_panel,
        order=25,
        permission=VIEW_PURCHASES.name,
    )
)
archive_parts.add(
    ArchivePart(
        app="purchases",
        left_out={
            "Hook": "the secret of a shop opens this house alone",
            "Delivery": "what shops sent, read by now",
        },
    )
)
