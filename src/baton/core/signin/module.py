"""What sign-in plugs into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.offers import ArchivePart, archive_parts
from baton.core.signin.leading import plug_in
from baton.core.ui.slots import Group, NavigationItem, navigation

plug_in()
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Change password"),
        url_name="signin:password",
        icon="lock",
        position=500,
    )
)
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Second step"),
        url_name="signin:second-step",
        icon="key",
        position=510,
        also=_("Two factors, authenticator app, recovery codes"),
    )
)
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Your sessions"),
        url_name="signin:sessions",
        icon="globe",
        position=520,
        also=_("Devices, where you are signed in"),
    )
)
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("Sign out"),
        url_name="signin:sign-out",
        icon="signout",
        position=900,
        is_post=True,
        also=_("Log out"),
    )
)
archive_parts.add(
    ArchivePart(
        app="signin",
        left_out={
            "Session": "signed in here",
            "SecondStep": "a secret",
            "RecoveryCode": "a secret",
            "Invitation": "a link into this house",
            "SetUpCode": "a secret",
        },
    )
)
