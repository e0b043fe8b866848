"""What the audit plugs into settings and lists."""

from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.audit.offers import change_fields
from baton.core.audit.permissions import VIEW_AUDIT
from baton.core.audit.views import listing_for
from baton.core.offers import filter_fields
from baton.core.saved.slots import SavedList, saved_lists
from baton.core.ui.slots import Group, NavigationItem, navigation

for field in change_fields():
    filter_fields.add(field)
saved_lists.add(
    SavedList(
        name="audit",
        label=_("Audit"),
        url_name="audit:list",
        icon="history",
        permission=VIEW_AUDIT.name,
        listing=lambda: listing_for(User()),
        listing_for=listing_for,
    )
)
navigation.add(
    NavigationItem(
        group=Group.SETTINGS,
        label=_("Audit"),
        url_name="audit:list",
        icon="history",
        permission=VIEW_AUDIT.name,
        position=900,
        also=_("Who changed what, history, log"),
    )
)
