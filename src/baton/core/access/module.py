"""What access plugs into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.ui.slots import Command, Group, NavigationItem, commands, navigation

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
        also=_("Log out"),
    )
)
navigation.add(
    NavigationItem(
        group=Group.THEME, label=_("Switch theme"), url_name="access:theme", icon="theme"
    )
)
for position, (theme, label) in enumerate(
    (("light", _("Light theme")), ("dark", _("Dark theme")), ("system", _("Theme of the system")))
):
    commands.add(
        Command(
            label=label,
            url_name="access:theme",
            icon="theme",
            position=800 + position,
            also=_("Switch mode"),
            is_post=True,
            fields=(("theme", theme),),
        )
    )
