"""What administration plugs into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.ui.slots import Banner, Group, NavigationItem, banners, navigation
from baton.operations.administration.permissions import MANAGE_SETTINGS
from baton.operations.administration.views.demo import banner

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
banners.add(Banner(name="demo", template="administration/demo_banner.html", shown=banner))
