"""Who is told that a version of an agreement waits for their signature."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.access.roles import Role
from baton.core.notices.slots import News, NoticeKind
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.queries import draft_agreement
from baton.qualification.handoff.rules import Kind, Side, sides_of

HEADS = {Side.MARKETING: Role.HEAD_OF_MARKETING, Side.SALES: Role.HEAD_OF_SALES}
PAGES = {Kind.MARKETING: "handoff:agreement", Kind.EXECUTIVE: "handoff:executives"}


def unsigned_news(*, at: datetime) -> Iterator[News]:
    """To the heads of the sides that have not signed; once for the terms as they stand."""
    for kind, page in PAGES.items():
        draft = draft_agreement(kind)
        if draft is None:
            continue
        open_sides = [side for side in Side if side not in draft.signed_sides()]
        for user in _signers(open_sides):
            yield News(
                user_id=user.pk,
                cause=f"agreement {draft.digest()}",
                what=_("Version %(n)s of the agreement") % {"n": draft.version},
                url=reverse(page),
                at=at,
            )


def _signers(sides: Sequence[Side]) -> list[User]:
    """The head of each side; where it has none, everybody who signs for it."""
    users = list(who_can_sign_in())
    found: dict[int, User] = {}
    for side in sides:
        able = [user for user in users if side in sides_of(user.role)]
        heads = [user for user in able if user.role == HEADS[side]]
        found |= {user.pk: user for user in heads or able}
    return list(found.values())


UNSIGNED = NoticeKind(
    name="agreement.unsigned",
    label=gettext_lazy("The agreement waits for my signature"),
    title=gettext_lazy("%(what)s waits for your signature"),
    many=gettext_lazy("%(n)s agreements wait for your signature"),
    icon="pen",
    many_url=lambda: reverse("handoff:agreement"),
    permission=VIEW_HANDOFFS.name,
)
