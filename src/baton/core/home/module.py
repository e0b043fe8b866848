"""What home plugs into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.ui.slots import Group, NavigationItem, navigation

navigation.add(
    NavigationItem(
        group=Group.TOP,
        label=_("Home"),
        url_name="home:home",
        icon="home",
        position=10,
        key="g h",
        on_phone=True,
    )
)
