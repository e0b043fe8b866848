"""The campaigns of a whole year: four more than the small story has, and what all ten cost."""

from dataclasses import replace

from baton.core.access.models import User
from baton.core.demo.rules import Stream
from baton.core.demo.slots import Year
from baton.marketing.campaigns.demo.story import (
    CAMPAIGNS,
    MONTH,
    Part,
    Spent,
    campaign,
    costs_of,
)
from baton.marketing.campaigns.models import Campaign

GOES_BAD = "meter-raffle"
MORE = (
    Part("cold-store-guide", "Cold store guide", "organic_search", 362, 0, "Found by food makers."),
    Part("night-shift-ads", "Night shift ads", "paid_search", 355, 152, "What runs at night?"),
    Part("plant-days", "Open plant days", "event", 290, 286, "Two hundred guests in two halls."),
    Part(GOES_BAD, "Win a meter set", "paid_social", 215, 12, "Three thousand addresses."),
)
# Landing page, what they say, weight beside the others, warmth of the first and of the last day.
# The lists of a fair are typed for days.
TYPING = 9  # days
WAYS = {
    "iso-webinar": ("/p/iso-webinar/", "Your webinar", 8, (0.88, 0.9)),
    "audit-guide": ("/p/audit-guide/", "Searched", 18, (0.82, 0.88)),
    "energy-monitoring": ("/p/energy-monitoring/", "", 1.3, (0.84, 0.86)),
    "linkedin-plants": ("/p/audit-guide/", "LinkedIn", 8, (0.8, 0.82)),
    "meter-days": ("", "Your stand at Meter Days", 60, (0.86, 0.86)),
    "monthly-letter": ("/p/demo/", "The monthly letter", 0.6, (0.9, 0.92)),
    "cold-store-guide": ("/p/energy-guide/", "Searched", 15, (0.84, 0.88)),
    "night-shift-ads": ("/p/energy-monitoring/", "", 0.9, (0.82, 0.8)),
    "plant-days": ("", "Your open day", 60, (0.9, 0.9)),
    GOES_BAD: ("/p/demo/", "A raffle", 1.6, (0.78, 0.04)),
}
# Of the usual year; more people cost more. What the small story spends comes on top.
COSTS = (
    Spent("cold-store-guide", "agencies", 1900, 362, 4, "Writing, twice a year"),
    Spent("night-shift-ads", "ads", 1500, 355, 7, "Search ads"),
    Spent("plant-days", "other", 9800, 290, 1, "Tents, food, buses"),
    Spent(GOES_BAD, "ads", 2100, 215, 7, "Sponsored posts"),
    Spent(GOES_BAD, "other", 2700, 215, 1, "Prizes"),
    Spent("energy-monitoring", "ads", 1700, 150, 5, "Search ads, more words"),
    Spent("linkedin-plants", "ads", 3100, 120, 3, "Sponsored posts, more trades"),
    Spent("meter-days", "other", 4000, 135, 1, "Second hall"),
    Spent("iso-webinar", "agencies", 2100, 160, 5, "Speakers"),
    Spent("audit-guide", "agencies", 1500, 150, 5, "Search, translated"),
)
# What a team costs in the half of the year that the small story leaves out.
BEFORE = (
    Spent("", "people", 8600, 362, 6, "Marketing team"),
    Spent("", "tools", 410, 362, 6, "Design, video, web"),
)


def begin(year: Year) -> None:
    """Four campaigns, all costs, and by which ways their people come."""
    story, today = year.story, year.at.date()
    by: User | None = story.cast.get("users", {}).get("mara")
    told: dict[str, Campaign] = story.cast["campaigns"]
    told |= {part.code: campaign(part, story, today=today, by=by) for part in MORE}
    spent = [*(_scaled(one, year) for one in COSTS), *BEFORE]
    costs = [one for row in spent for one in costs_of(row, told, story, today=today, by=by)]
    year.cast.setdefault("streams", []).extend(map(_stream, (*CAMPAIGNS, *MORE)))
    story.keep(*costs, *(told[part.code] for part in MORE))


def _scaled(spent: Spent, year: Year) -> Spent:
    return replace(spent, amount=max(1, round(year.scaled(spent.amount))))


def _stream(part: Part) -> Stream:
    page, said, weight, warmth = WAYS[part.code]
    return Stream(
        origin="marketing",
        channel=part.channel,
        campaign=part.code,
        landing_page=page,
        said=said,
        weight=weight,
        from_day=min(part.from_day, 12 * MONTH),
        to_day=max(part.to_day - (0 if page else TYPING), 0),
        warmth=warmth,
    )
