"""Four reviews of Fennmark's heads: what they said, decided, promised, and kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baton.core.access.models import User
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.settings.queries import organisation_zone
from baton.insight.reviews.actions import add_point, finish_review
from baton.insight.reviews.models import Review
from baton.insight.reviews.queries import agenda_of, week_of
from baton.insight.reviews.rules import WEEK, Kind
from baton.records.timeline.actions import finish_task


@dataclass(frozen=True)
class Said:
    by: str
    kind: Kind
    text: str
    owner: str = ""
    is_done: bool = True


# From the oldest to the latest week.
WEEKS: tuple[tuple[Said, ...], ...] = (
    (
        Said("nora", Kind.MINUTE, "Two leads waited over a weekend; both had written at night."),
        Said("ines", Kind.MINUTE, "The webinar brings many who only want the slides."),
        Said("nora", Kind.DECISION, "Whoever asks for the slides alone raises no hand."),
        Said("ines", Kind.TASK, "Ask for the plant's size on the webinar's form", "mara"),
    ),
    (
        Said("nora", Kind.MINUTE, "Sam lost two to a cheaper meter. Price came up in week three."),
        Said("ines", Kind.DECISION, "Proof before price: the audit's figures go out first."),
        Said("nora", Kind.TASK, "Write down what the audit saved the last three plants", "sam"),
    ),
    (
        Said("ines", Kind.MINUTE, "Fewer students since the form asks for the plant's size."),
        Said("nora", Kind.MINUTE, "Answers within the hour again, but for Friday afternoons."),
        Said("nora", Kind.TASK, "Agree who answers on Friday afternoons", "ravi"),
    ),
    (
        Said("ines", Kind.MINUTE, "Pipeline is behind: too few second meetings this month."),
        Said("nora", Kind.DECISION, "No deal stays without a next step over a weekend."),
        Said("nora", Kind.TASK, "Go through the deals without a next step", "teo", is_done=False),
        Said("ines", Kind.TASK, "Draft an answer to “we measure ourselves”", "mara", is_done=False),
    ),
)


def tell_reviews(story: Story) -> None:
    """Each on the Monday after its week, and ended by the head of sales."""
    users: dict[str, User] = story.cast["users"]
    today = story.at.astimezone(organisation_zone()).date()
    this = week_of(today)
    for place, said in enumerate(WEEKS):
        week = week_of(this.monday - WEEK * (len(WEEKS) - place))
        at = min(week.until + timedelta(hours=9), story.at)
        for number, one in enumerate(said):
            _tell(story, one, users=users, at=at + timedelta(minutes=4 * number), day=week.monday)
        agenda = agenda_of(week, user=users["olga"], at=at, today=week.sunday)
        plain = [section.plain() for section in agenda]
        finish_review(day=week.monday, agenda=plain, by=users["nora"], at=at + timedelta(hours=1))
        story.keep(Review.objects.get(monday=week.monday))


def _tell(story: Story, said: Said, *, users: dict[str, User], at: datetime, day: date) -> None:
    point = add_point(
        day=day,
        kind=said.kind,
        text=said.text,
        owner=users[said.owner] if said.owner else None,
        due_at=at + timedelta(days=5) if said.owner else None,
        by=users[said.by],
        at=at,
    )
    if point.task:
        story.keep(point.task)
        if said.is_done:
            finish_task(task=point.task, by=users[said.owner], at=at + timedelta(days=3))


chapters.add(Chapter("reviews", 62, tell_reviews))
