"""What purchases plug into core."""

from django.utils.translation import gettext_lazy as _

from baton.core.changes.slots import tracked
from baton.core.saved.slots import SavedList, saved_lists
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.records.purchases.actions import PRODUCT
from baton.records.purchases.permissions import VIEW_PRODUCTS
from baton.records.purchases.views import PRODUCTS

tracked.add(PRODUCT)
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
