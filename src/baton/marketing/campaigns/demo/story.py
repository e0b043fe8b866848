"""Fennmark's six campaigns and what marketing cost in half a year."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from baton.core.access.models import User
from baton.core.demo.slots import Story
from baton.core.settings.queries import organisation
from baton.marketing.campaigns.actions import add_cost, create_campaign
from baton.marketing.campaigns.models import Campaign, Cost
from baton.records.timeline.actions import add_note
from baton.records.timeline.models import Note

MONTH = 30  # days


@dataclass(frozen=True)
class Part:
    """A campaign of the story; days count back from the day it is told, 0 is open."""

    code: str
    name: str
    channel: str
    from_day: int
    to_day: int
    goal: str


@dataclass(frozen=True)
class Spent:
    """A cost of the story, so many months running; without a code it belongs to no campaign."""

    code: str
    kind: str
    amount: int
    from_day: int
    months: int
    note: str
    channel: str = ""


CAMPAIGNS = (
    Part("iso-webinar", "ISO 50001 webinars", "event", 160, 14, "Two sessions, forty seats each."),
    Part("audit-guide", "Audit guide", "organic_search", 170, 0, "Be found for the audit."),
    Part("energy-monitoring", "Energy monitoring ads", "paid_search", 150, 0, "Twenty demos."),
    Part("linkedin-plants", "LinkedIn, plant managers", "paid_social", 120, 20, "Known by name."),
    Part("meter-days", "Meter Days fair", "event", 135, 131, "Sixty talks at the stand."),
    Part("monthly-letter", "Monthly letter", "email", 175, 0, "One letter a month worth reading."),
)
# The letter has no cost of its own: what its leads cost is unknown.
COSTS = (
    Spent("iso-webinar", "ads", 1400, 160, 1, "Invitations"),
    Spent("iso-webinar", "agencies", 900, 40, 1, "Recording and cut"),
    Spent("audit-guide", "agencies", 4800, 170, 1, "Writing and layout"),
    Spent("energy-monitoring", "ads", 1850, 150, 5, "Search ads"),
    Spent("linkedin-plants", "ads", 1300, 120, 3, "Sponsored posts"),
    Spent("meter-days", "other", 9200, 135, 1, "Stand and travel"),
    Spent("", "people", 8600, 180, 6, "Marketing team"),
    Spent("", "tools", 410, 180, 6, "Design, video, web"),
    Spent("", "tools", 120, 180, 6, "Letter", "email"),
)


NOTES = (
    (
        "meter-days",
        128,
        "Hall 4 again next year, and two meters more: talks came at the corner.",
    ),
    ("iso-webinar", 35, "The second session filled from the letter alone. Save the invitations."),
)


def tell_campaigns(story: Story) -> None:
    """``cast["campaigns"]`` has them by code."""
    by: User | None = story.cast.get("users", {}).get("mara")
    today = story.at.date()
    told = {part.code: campaign(part, story, today=today, by=by) for part in CAMPAIGNS}
    costs = [cost for spent in COSTS for cost in costs_of(spent, told, story, today=today, by=by)]
    story.cast["campaigns"] = told
    story.keep(*costs, *notes_of(told, story, by=by), *told.values())


def notes_of(campaigns: dict[str, Campaign], story: Story, *, by: User | None) -> list[Note]:
    return [
        add_note(
            body=body,
            campaign_id=campaigns[code].pk,
            by=by,
            at=story.at - timedelta(days=days),
        )
        for code, days, body in NOTES
    ]


def campaign(part: Part, story: Story, *, today: date, by: User | None) -> Campaign:
    return create_campaign(
        name=part.name,
        code=part.code,
        channel=part.channel,
        starts_on=today - timedelta(days=part.from_day),
        ends_on=today - timedelta(days=part.to_day) if part.to_day else None,
        owner=by,
        goal=part.goal,
        by=by,
        at=story.at - timedelta(days=part.from_day + 5),
    )


def costs_of(
    spent: Spent,
    campaigns: dict[str, Campaign],
    story: Story,
    *,
    today: date,
    by: User | None,
) -> list[Cost]:
    first, currency = today - timedelta(days=spent.from_day), organisation().base_currency
    return [
        add_cost(
            campaign=campaigns.get(spent.code),
            kind=spent.kind,
            channel=spent.channel,
            amount=Decimal(spent.amount),
            currency=currency,
            from_on=first + timedelta(days=MONTH * number),
            to_on=first + timedelta(days=MONTH * (number + 1) - 1),
            note=spent.note,
            by=by,
            at=story.at - timedelta(days=spent.from_day - MONTH * number),
        )
        for number in range(spent.months)
    ]
