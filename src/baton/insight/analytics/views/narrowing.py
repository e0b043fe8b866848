"""What leads can be narrowed to: sources, origins and campaigns, for a select."""

from baton.core.access.models import User
from baton.insight.analytics.queries import CohortQuestion
from baton.insight.analytics.words import FOUND_BY, group_label
from baton.marketing.campaigns.models import Campaign
from baton.marketing.capture.queries import CHANNELS

MOST = 200  # campaigns in a select; an address may name any

Choices = list[tuple[str, str, bool]]


def narrowings(question: CohortQuestion) -> list[tuple[str, Choices]]:
    """By group: value, words, whether it is the one; one query."""
    chosen = f"{question.by}:{question.group}" if question.group is not None else ""

    def choice(by: str, group: str, label: str) -> tuple[str, str, bool]:
        value = f"{by}:{group}"
        return value, label, value == chosen

    sources = [
        choice("source", code, group_label("source", code)) for code in (*CHANNELS, *FOUND_BY)
    ]
    campaigns = [choice("campaign", code, name) for code, name in _campaigns(question.user)]
    return [("source", sources), ("campaign", campaigns)]


def _campaigns(user: User | None) -> list[tuple[str, str]]:
    seen = Campaign.objects.living() if user is None else Campaign.objects.visible_to(user)
    return list(seen.order_by("sort_key", "pk").values_list("code", "name")[:MOST])
