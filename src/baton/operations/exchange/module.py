"""What exchange plugs into lists and the shell."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.editing.slots import BulkLink, bulk_links
from baton.core.facts.models import MAX_BATCH
from baton.core.filters.fields import own_fields
from baton.core.offers import ArchivePart, archive_parts
from baton.core.saved.slots import ListLink, list_links
from baton.core.ui.slots import Group, NavigationItem, WayIn, navigation, ways_in
from baton.operations.exchange.offers import LISTS, import_fields_of
from baton.operations.exchange.permissions import RUN_IMPORTS, VIEW_IMPORTS
from baton.operations.exchange.views.exports import link, may_take

own_fields.add(import_fields_of)
list_links.add(
    ListLink(
        name="import",
        label=_("Import files"),
        icon="import",
        url=lambda place, address: reverse("exchange:new-import"),
        is_open=lambda user, place: place.name in LISTS.values() and user.may(RUN_IMPORTS),
        in_dialog=False,
    )
)
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
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Imports"),
        url_name="exchange:imports",
        icon="import",
        position=525,
        permission=VIEW_IMPORTS.name,
        also=_("Files that were brought in, upload, CSV, HubSpot, Salesforce, Zoho, Mailchimp"),
    )
)
ways_in.add(WayIn(url_name="exchange:new-import", permission=RUN_IMPORTS.name))
archive_parts.add(
    ArchivePart(
        app="exchange",
        left_out={"Export": "who took what out of this house"},
    )
)
# The log and the queue are no module: they have nobody to speak for them.
archive_parts.add(
    ArchivePart(
        app="core",
        left_out={"Job": "the queue of this house", "Firing": "the clock of this house"},
        blank={"Cursor": {"batch": MAX_BATCH, "attempts": 0, "retry_at": None, "error": ""}},
        made_at_first=frozenset({"FactRecord", "Cursor", "ParkedFact"}),
    )
)
