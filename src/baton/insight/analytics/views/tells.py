"""The touches of a deal as lines to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from baton.core.access.models import User
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries import MODELS
from baton.insight.analytics.rules import Credit
from baton.insight.analytics.words import group_label, touch_words
from baton.marketing.campaigns.models import Campaign
from baton.records.people.models import Person


@dataclass(frozen=True, kw_only=True)
class TouchLine:
    """One touch, or that none is known (``at`` None); ``shares`` in the order of the models."""

    at: datetime | None
    what: str
    person: Person | None
    channel: str
    campaign: str
    page: str
    shares: list["TouchShare"]


@dataclass(frozen=True)
class TouchShare:
    share: Decimal
    revenue: Decimal | None


def touch_lines(touches: Sequence[dict[str, Any]], *, user: User) -> list[TouchLine]:
    """In their order; two queries, however many there are."""
    ids = {touch["person_id"] for touch in touches} - {None}
    people = Person.objects.visible_to(user, VIEW_REPORTS).in_bulk(ids)
    codes = {touch["campaign"] for touch in touches}
    campaigns = Campaign.objects.living().filter(code__in=codes)
    names = dict(campaigns.values_list("code", "name"))
    return [_line(touch, people, names) for touch in touches]


def _line(touch: dict[str, Any], people: dict[int, Person], names: dict[str, str]) -> TouchLine:
    at = touch["happened_at"]
    is_known = at is not None
    return TouchLine(
        at=at.replace(tzinfo=UTC) if at else None,
        what=touch_words(touch["name"]) if is_known else group_label("channel", touch["grp"]),
        person=people.get(touch["person_id"]),
        channel=group_label("channel", touch["channel"]) if is_known else "",
        campaign=names.get(touch["campaign"], touch["campaign"]),
        page=touch["landing_page"],
        shares=[_share(touch["credits"][name]) for name in MODELS],
    )


def _share(credit: Credit) -> TouchShare:
    return TouchShare(credit.deals, credit.revenue)
