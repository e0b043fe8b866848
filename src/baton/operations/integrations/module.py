"""What webhooks plug into the settings, the inbox and the house."""

from django.utils.translation import gettext_lazy as _

from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.operations.integrations.notices import GIVEN_UP
from baton.operations.integrations.permissions import MANAGE_INTEGRATIONS

navigation.add(
    NavigationItem(
        group=Group.SETTINGS,
        label=_("Webhooks"),
        url_name="integrations:endpoints",
        icon="automation",
        permission=MANAGE_INTEGRATIONS.name,
        position=600,
        also=_("Other programs, integrations, endpoints, automation"),
    )
)
notice_kinds.add(GIVEN_UP)
archive_parts.add(
    ArchivePart(
        app="integrations",
        left_out={
            "Endpoint": "a secret; and nobody shall be told by two houses",
            "Delivery": "what this house has sent",
        },
    )
)
