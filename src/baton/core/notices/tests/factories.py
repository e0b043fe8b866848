"""A kind of notice, and news of it."""

from datetime import UTC, datetime

from baton.core.notices.rules import USUAL, Way
from baton.core.notices.slots import News, NoticeKind

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday, ten o'clock in Berlin
PUSHED = frozenset({Way.PUSH})
HIDDEN = {13}  # ids of what nobody may see any more


def a_kind(name="test.happened", *, ways=USUAL, rings=False, permission=""):
    return NoticeKind(
        name=name,
        label="Something happens",
        title="It happened to %(what)s",
        many="It happened %(n)s times",
        icon="info",
        many_url=lambda: "/people/",
        seen=lambda user, ids: set(ids) - HIDDEN,
        ways=ways,
        rings=rings,
        permission=permission,
    )


def news(user, *numbers, at=AT):
    return [
        News(
            user_id=user.pk,
            cause=f"fact {number}",
            what=f"No. {number}",
            url=f"/leads/?n={number}",
            at=at,
            about_id=number,
        )
        for number in numbers
    ]
