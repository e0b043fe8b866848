"""What administration plugs into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.operations.administration.permissions import MANAGE_SETTINGS

navigation.add(
    NavigationItem(
        group=Group.TOP,
        label=_("Home"),
        url_name="administration:home",
        icon="home",
        position=10,
        key="g h",
    )
)
navigation.add(
    NavigationItem(
        group=Group.FOOT,
        label=_("Settings"),
        url_name="administration:company",
        icon="settings",
        permission=MANAGE_SETTINGS.name,
    )
)
