"""A seller's own page, and what they do with what was booked."""

import re
from datetime import timedelta

import pytest
import time_machine

from baton.core.calendars.tests.factories import a_leave
from baton.core.notices.models import Notice
from baton.core.settings.models import Organisation
from baton.sales.scheduling.models import Booking, BookingPage
from baton.sales.scheduling.tests.factories import AT, TUESDAY, a_booking, a_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
OWN, MEETINGS = "/account/booking/", "/meetings/"
HOUR = timedelta(hours=1)
FORM = {
    "is_on": "on",
    "title": "Meet Teo",
    "slug": "teo",
    "minutes": "45",
    "place": "video",
    "place_text": "https://meet.example/teo",
    "notice_hours": "2",
    "days_ahead": "14",
    "buffer_before": "0",
    "buffer_after": "15",
    "most_per_day": "4",
    "zone": "",
    **{f"hours_{day}": "09:00-17:00" for day in ("mon", "tue", "wed", "thu", "fri")},
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def teo(rep, signed_in):
    return signed_in(rep)


def undo_in(answer):
    """Where the newest message takes back what was done."""
    return re.findall(r"/changes/[0-9a-f-]{36}/undo/", answer.content.decode())[-1]


def test_seller_makes_a_page_narrows_it_and_takes_that_back(rep, teo):
    assert "Make your booking page" in teo.get(OWN).content.decode()
    assert teo.post(OWN, FORM).status_code == 302
    page = BookingPage.objects.get()
    assert (page.hours, page.minutes, page.reminds) == (None, 45, False)
    shown = teo.get(OWN).content.decode()
    assert "http://127.0.0.1:8000/meet/teo/" in shown
    assert "Mon 2 Mar" in shown
    narrowed = {**FORM, "hours_mon": "09:00-10:00", "version": page.version}

    teo.post(OWN, narrowed)
    page.refresh_from_db()

    assert (page.hours or {})["mon"] == [["09:00", "10:00"]]
    teo.post(undo_in(teo.get(OWN)))
    page.refresh_from_db()
    assert page.hours is None


def test_deleted_page_comes_back_by_undo(rep, teo):
    page = a_page(rep)

    answer = teo.post(f"{OWN}delete/", follow=True)
    page.refresh_from_db()
    assert page.deleted_at
    teo.post(undo_in(answer))

    page.refresh_from_db()
    assert page.deleted_at is None


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"slug": "Teo Lang"}, "Write the address in a-z"),
        ({"slug": "taken"}, "Somebody has this address already"),
        ({"minutes": "7"}, "15"),
        ({"place_text": ""}, "Write the link or the address"),
        ({"hours_mon": "noon"}, "cannot be read"),
        ({"version": "0"}, "Somebody changed this while you were typing"),
    ],
)
def test_what_cannot_be_is_told_beside_what_was_typed(rep, colleague, teo, over, words):
    a_page(rep)
    a_page(colleague, slug="taken")

    answer = teo.post(OWN, {**FORM, "title": "Typed", **over})
    text = answer.content.decode()

    assert answer.status_code == 422
    assert words in text
    assert 'value="Typed"' in text


def test_preview_shows_why_nothing_is_free(rep, teo):
    a_page(rep, days_ahead=2)
    a_leave(rep, days=0)
    text = teo.get(OWN).content.decode()
    assert "Tue 3 Mar" in text

    rep.hours = {"sun": [["09:00", "10:00"]]}
    rep.save()

    assert "No time is free in the days ahead" in teo.get(OWN).content.decode()


def test_meetings_without_any_lead_to_the_booking_page(rep, teo):
    assert "Make your booking page" in teo.get(MEETINGS).content.decode()
    a_page(rep)
    meetings = teo.get(MEETINGS).content.decode()
    assert "Nobody has booked yet." in meetings
    assert re.search(
        r"""class="button primary[^>]*>.{0,120}Booking page""", meetings
    )  # also on a phone


def test_seller_moves_and_cancels_and_the_notice_is_not_for_them(rep, teo, run_background):
    booking = a_booking(a_page(rep), name="Ida Holm")
    url = booking.get_absolute_url()
    assert "Tuesday 3 March 2026, 10:00 (Europe/Berlin)" in teo.get(url).content.decode()
    assert "20260303T0930Z" in teo.get(f"{url}move/").content.decode()

    teo.post(f"{url}move/", {"at": "20260303T0930Z", "zone": "Europe/Berlin"})
    taken = teo.post(f"{url}move/", {"at": "20260303T0300Z", "zone": "Europe/Berlin"})
    teo.post(f"{url}cancel/")
    run_background()

    booking.refresh_from_db()
    assert (booking.starts_at, booking.state) == (TUESDAY + HOUR / 2, "cancelled")
    assert booking.cancelled_by == rep
    assert taken.status_code == 409
    assert teo.post(f"{url}move/", {"at": "20260303T0930Z"}).status_code == 409
    kinds = Notice.objects.filter(user=rep).values_list("kind", flat=True)
    assert list(kinds) == ["meeting.booked"]


def test_who_came_is_asked_when_it_is_over_and_can_be_taken_back(rep, teo, clock):
    booking = a_booking(a_page(rep))
    url = booking.get_absolute_url()
    assert teo.post(f"{url}mark/", {"came": "yes"}).status_code == 409
    clock.move_to(TUESDAY + HOUR)
    assert "Did they come?" in teo.get(MEETINGS).content.decode()
    assert "They did not come" in teo.get(url).content.decode()

    assert "Undo" in teo.post(f"{url}mark/", {"came": "no"}, follow=True).content.decode()

    assert "Did not come" in teo.get(url).content.decode()
    teo.post(f"{url}unmark/")
    assert Booking.objects.get().state == "booked"


def test_who_came_is_said_in_the_list_by_who_may(rep, teo, clock):
    booking = a_booking(a_page(rep))
    clock.move_to(TUESDAY + HOUR)
    assert "They came" in teo.get(MEETINGS).content.decode()

    answer = teo.post(f"{booking.get_absolute_url()}mark/", {"came": "yes", "back": "list"})

    assert answer["Location"] == MEETINGS
    assert Booking.objects.get().state == "came"
    assert "They came" not in teo.get(MEETINGS).content.decode()


def test_colleague_sees_and_who_is_of_another_team_does_not(rep, colleague, outsider, signed_in):
    booking = a_booking(a_page(rep), name="Ida Holm")
    url = booking.get_absolute_url()

    assert signed_in(colleague).get(url).status_code == 200
    for path, method in ((url, "get"), (f"{url}cancel/", "post"), (f"{url}mark/", "post")):
        assert getattr(signed_in(outsider), method)(path).status_code == 404
    assert "Ida Holm" not in signed_in(outsider).get(MEETINGS).content.decode()


def test_lists_cost_the_same_for_few_and_many(rep, teo, django_assert_max_num_queries):
    page = a_page(rep)

    def count():
        with django_assert_max_num_queries(30) as found:
            teo.get(MEETINGS)
        return len(found)

    a_booking(page)
    teo.get(MEETINGS)
    before = count()
    for number in range(1, 7):
        a_booking(page, start=TUESDAY + HOUR / 2 * number)

    assert count() == before


def test_meeting_stands_on_the_timeline_of_the_person(rep, teo, run_background):
    booking = a_booking(a_page(rep), note="Grants first")
    run_background()

    text = teo.get(booking.person.get_absolute_url()).content.decode()

    assert "Booked “Meet Teo”" in text
    assert "Grants first" in text
    assert "Meeting: Meet Teo" in text


def test_refused_press_shows_no_more_than_the_page_does(rep, signed_in, clock):
    hidden = {"rep": {"person": {"hidden": ["emails", "phones"]}}}
    Organisation.objects.update(field_limits=hidden)
    booking = a_booking(a_page(rep), email="ida@holm.example", phone="+47 22 33 44 55")
    clock.move_to(TUESDAY + HOUR)
    page = f"{MEETINGS}{booking.key}/"
    browser = signed_in(rep)

    for answer in (browser.get(page), browser.post(f"{page}cancel/")):
        text = answer.content.decode()
        assert "Who booked" in text
        assert "ida@holm.example" not in text
        assert "22 33" not in text
    booking.refresh_from_db()
    assert (booking.email, booking.state) == ("ida@holm.example", "booked")
