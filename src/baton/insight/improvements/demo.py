"""What Fennmark changed: judged, open, and from a decision of a review."""

from datetime import date, timedelta

from baton.core.access.models import User
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.settings.queries import organisation_zone
from baton.insight.improvements.actions import log_improvement
from baton.insight.improvements.rules import Way
from baton.insight.reviews.models import Point
from baton.insight.reviews.rules import Kind, monday_of

# Weeks ago, what, figure, which way, who answers for it; the last words begin a decision.
CHANGED = (
    (14, "The page of the audit names what it costs", "leads", Way.UP, "mara", ""),
    (12, "Who asks at night is answered from seven on", "speed_to_lead", Way.DOWN, "ravi", ""),
    (10, "The guide to meters asks for the plant's size", "lead_to_mql", Way.UP, "mara", ""),
    (4, "Slides alone raise no hand", "mql_to_sql", Way.UP, "ines", "Whoever asks for the slides"),
    (1, "No deal without a next step over a weekend", "win_rate", Way.UP, "nora", "No deal stays"),
)


def tell_improvements(story: Story) -> None:
    """Each from a Monday on."""
    users: dict[str, User] = story.cast["users"]
    today: date = story.at.astimezone(organisation_zone()).date()
    for weeks, title, figure, way, owner, begins in CHANGED:
        decisions = Point.objects.filter(kind=Kind.DECISION, text__startswith=begins)
        made = log_improvement(
            title=title,
            figure=figure,
            way=way,
            starts_on=monday_of(today) - timedelta(weeks=weeks),
            days=28,
            owner=users[owner],
            decision=decisions.first() if begins else None,
            by=users["nora"],
            at=story.at - timedelta(weeks=weeks),
        )
        story.keep(made)


chapters.add(Chapter("improvements", 63, tell_improvements))
