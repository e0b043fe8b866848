"""What access plugs into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.ui.slots import Group, NavigationItem, navigation

navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Change password"),
        url_name="access:password",
        icon="lock",
        position=500,
    )
)
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Sign out"),
        url_name="access:sign-out",
        icon="signout",
        position=900,
        is_post=True,
    )
)
navigation.add(
    NavigationItem(
        group=Group.THEME, label=_("Switch theme"), url_name="access:theme", icon="theme"
    )
)
