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
from baton.qualification.handoff.kinds import page_url
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.queries import draft_agreement, signing_sides
from baton.qualification.handoff.rules import Kind, Side
from baton.qualification.handoff.words import KINDS

HEADS = {Side.MARKETING: Role.HEAD_OF_MARKETING, Side.SALES: Role.HEAD_OF_SALES}
FOUNDERS = {Role.OWNER, Role.ADMIN}  # they sign for a side that nobody leads


def unsigned_news(*, at: datetime) -> Iterator[News]:
    """To the heads of the sides that have not signed; once for the terms as they stand."""
    for kind in Kind:
        draft = draft_agreement(kind)
        if draft is None:
            continue
        open_sides = [side for side in draft.parties() if side not in draft.signed_sides()]
        for user in _signers(open_sides, kind=kind):
            yield News(
                user_id=user.pk,
                cause=f"agreement {draft.digest()}",
                what=_called(draft),
                url=page_url(kind),
                at=at,
            )


def _called(draft: Agreement) -> str:
    """By its kind, but for the first one."""
    if draft.kind == Kind.MARKETING:
        return _("Version %(n)s of the agreement") % {"n": draft.version}
    said = {"n": draft.version, "kind": KINDS[draft.kind]}
    return _("Version %(n)s of the agreement “%(kind)s”") % said


def _signers(sides: Sequence[Side], *, kind: Kind) -> list[User]:
    """The head of each side; where it has none, everybody who signs for it."""
    users = {user: signing_sides(user, kind=kind) for user in who_can_sign_in()} if sides else {}
    found: dict[int, User] = {}
    for side in sides:
        able = [user for user, signed in users.items() if side in signed]
        heads = [user for user in able if _is_head(user, side)]
        found |= {user.pk: user for user in heads or able}
    return list(found.values())


def _is_head(user: User, side: Side) -> bool:
    return user.role == HEADS[side] if side in HEADS else user.role not in FOUNDERS


UNSIGNED = NoticeKind(
    name="agreement.unsigned",
    label=gettext_lazy("The agreement waits for my signature"),
    title=gettext_lazy("%(what)s waits for your signature"),
    many=gettext_lazy("%(n)s agreements wait for your signature"),
    icon="pen",
    many_url=lambda: reverse("handoff:agreement"),
    permission=VIEW_HANDOFFS.name,
)
