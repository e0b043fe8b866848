"""Teo can be booked: some buyers come in the next days, one did not come, one came."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from baton.core.access.models import User
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.worktime.rules import DAY_KEYS, find_zone
from baton.qualification.handoff.models import Handoff
from baton.qualification.lifecycle.rules import rank
from baton.records.people.models import Person
from baton.sales.scheduling import actions
from baton.sales.scheduling.actions import Visitor
from baton.sales.scheduling.models import Booking, BookingPage
from baton.sales.scheduling.queries import default_page, free_days, open_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NAMESPACE = UUID("5f0c3a0e-6f0e-4d53-9b5e-0d1c6d2f7a11")  # tokens that are the same each time
# Days before the story is told when it was booked; whether they came, None: it is still to come.
Plot = tuple[int, bool | None, str]
STORIES: tuple[Plot, ...] = (
    (12, True, "Two plants, one meter each. What does the second year cost?"),
    (8, False, ""),
    (2, None, "We would like to see the audit report on our own figures."),
    (1, None, ""),
)


def tell(story: Story) -> None:
    """Once everybody is who they are: no lead that waits for an answer is taken by this."""
    teo: User = story.cast["users"]["teo"]
    made_at = story.at - DAY * 30
    page, _batch = actions.save_page(
        user=teo,
        values={
            **default_page(teo),
            "title": "Talk about your plant",
            "hours": {day: [["09:00", "17:00"]] for day in DAY_KEYS[:5]},
            "place": "video",
            "place_text": "https://meet.fennmark.example/teo",
            "buffer_after": 15,
            "most_per_day": 4,
        },
        by=teo,
        at=made_at,
    )
    page.user = teo
    buyers = _buyers(story, teo)
    told = [_tell(story, page, buyer, plot) for buyer, plot in zip(buyers, STORIES, strict=False)]
    story.keep(*told, page)


def _buyers(story: Story, teo: User) -> list[Person]:
    """Of those whom Teo looks after the ones who went furthest, without an open lead."""
    ids = [person.pk for person in story.cast["people"].values()]
    open_leads = Handoff.objects.open().values("person")
    people = Person.objects.filter(pk__in=ids, owner=teo).exclude(pk__in=open_leads)
    known = people.filter(emails__is_primary=True).order_by("pk").distinct()
    return sorted(known, key=lambda one: (-rank(one.stage), one.pk))[: len(STORIES)]


def _tell(story: Story, page: BookingPage, buyer: Person, plot: Plot) -> Booking:
    days, came, note = plot
    asked_at = story.at - DAY * days
    booking = actions.book(
        page=page,
        start=_time(page, asked_at, place=days),
        visitor=Visitor(
            zone=buyer.zone or open_of(page).zone,
            name=buyer.full_name,
            email=buyer.emails.get(is_primary=True).address,
            note=note,
        ),
        token=uuid5(NAMESPACE, f"{days}"),
        at=asked_at,
    ).booking
    if came is None:
        return booking
    return actions.mark_came(
        booking=booking, came=came, by=booking.rep, at=min(booking.ends_at + HOUR, story.at)
    )


def _time(page: BookingPage, at: datetime, *, place: int) -> datetime:
    """On the second day that has free times; not all of them at nine."""
    zone = find_zone(open_of(page).zone)
    days, _later = free_days(page, zone=zone, at=at, most=2)
    starts = days[-1].starts
    return starts[place * 3 % len(starts)]


chapters.add(Chapter("meetings", 60, tell))
