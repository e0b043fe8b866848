"""What administration plugs into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.home.slots import HomeBlock, HomePlace, home_blocks
from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts
from baton.core.ui.slots import Banner, Group, NavigationItem, banners, navigation
from baton.operations.administration.notices import FAILED, IMPORTED
from baton.operations.administration.permissions import MANAGE_SETTINGS
from baton.operations.administration.views.demo import banner
from baton.operations.administration.views.house import begin

navigation.add(
    NavigationItem(
        group=Group.FOOT,
        label=_("Settings"),
        url_name="administration:company",
        icon="settings",
        permission=MANAGE_SETTINGS.name,
    )
)
for kind in (IMPORTED, FAILED):
    notice_kinds.add(kind)
home_blocks.add(
    HomeBlock(
        name="begin",
        place=HomePlace.TOP,
        order=10,
        permission=MANAGE_SETTINGS.name,
        render=begin,
    )
)
banners.add(Banner(name="demo", template="administration/demo_banner.html", shown=banner))
archive_parts.add(ArchivePart(app="administration"))
