"""What access plugs into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.offers import ArchivePart, archive_parts
from baton.core.ui.slots import Command, Group, NavigationItem, commands, navigation

navigation.add(
    NavigationItem(
        group=Group.THEME, label=_("Switch theme"), url_name="access:theme", icon="theme"
    )
)
navigation.add(
    NavigationItem(group=Group.FOLD, label=_("Fold"), url_name="access:fold", icon="down")
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
archive_parts.add(
    ArchivePart(
        app="access",
        left_out={"ApiKey": "keys open this house only"},
        blank={"User": {"password": "!"}},
        made_at_first=frozenset({"User", "Team"}),
    )
)
