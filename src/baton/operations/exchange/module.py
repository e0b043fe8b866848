"""What exchange plugs into lists and the shell."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.editing.slots import BulkLink, bulk_links
from baton.core.saved.slots import ListLink, list_links
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.operations.exchange.views.exports import link, may_take

list_links.add(
    ListLink(
        name="export",
        label=_("Export"),
        icon="export",
        url=link,
        is_open=lambda user, place: user.may(place.export),
    )
)
bulk_links.add(
    BulkLink(
        name="export",
        label=_("Export"),
        icon="export",
        url=lambda listing: f"{reverse('exchange:new-export')}?list={listing}",
        is_open=may_take,
    )
)
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Exports"),
        url_name="exchange:exports",
        icon="export",
        position=530,
        also=_("Files that were taken out, download, CSV"),
    )
)
