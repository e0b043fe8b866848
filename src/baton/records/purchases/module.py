"""What purchases plug into core."""

from django.utils.translation import gettext_lazy as _

from baton.core import offers
from baton.core.changes.slots import tracked
from baton.core.saved.slots import SavedList, saved_lists
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.records.people.actions import company_rows, person_rows
from baton.records.people.slots import company_carriers, person_carriers
from baton.records.purchases.actions import ORDER, PRODUCT, REFUND, SUBSCRIPTION
from baton.records.purchases.models import Order, Subscription
from baton.records.purchases.offers import purchase_entries, purchase_triggers
from baton.records.purchases.permissions import VIEW_PRODUCTS
from baton.records.purchases.views import PRODUCTS

for kind in (PRODUCT, ORDER, REFUND, SUBSCRIPTION):
    tracked.add(kind)
for model in (Order, Subscription):
    person_carriers.add(person_rows(model))
    company_carriers.add(company_rows(model))
for trigger in purchase_triggers():
    offers.triggers.add(trigger)
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
