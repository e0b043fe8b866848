"""What the inbox plugs into the shell."""

from django.utils.translation import gettext_lazy as _

from baton.core.notices.chatting import CHAT_FAILED
from baton.core.notices.slots import notice_kinds
from baton.core.notices.views import waiting
from baton.core.offers import ArchivePart, archive_parts
from baton.core.ui.slots import Group, NavigationItem, navigation

navigation.add(
    NavigationItem(
        group=Group.TOP,
        label=_("Inbox"),
        url_name="notices:inbox",
        icon="inbox",
        position=20,
        key="g i",
        count=waiting,
        on_phone=True,
        also=_("Notices, notifications, bell"),
    )
)
navigation.add(
    NavigationItem(
        group=Group.ACCOUNT,
        label=_("What you are told"),
        url_name="notices:kinds",
        icon="bell",
        position=310,
        also=_("Notices, notifications, mail, digest, push, quiet hours, chat, Slack, Teams"),
    )
)
notice_kinds.add(CHAT_FAILED)
archive_parts.add(
    ArchivePart(
        app="notices",
        made_at_first=frozenset({"Notice"}),
        left_out={
            "Sending": str(_("what one house owes its readers, another does not send")),
            "PushKey": str(_("a secret; another house has its own")),
            "Room": str(_("whoever knows its address may write there")),
            "Device": str(_("a browser allows pushes to one house")),
        },
    )
)
