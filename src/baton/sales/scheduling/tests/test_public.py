"""The way of a buyer through the pages: pick, book, move, cancel; never an error."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.tests.factories import AT, TUESDAY, a_booking, a_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
IDA = {"name": "Ida Holm", "email": "ida@holm.example", "phone": "+47 22 33 44 55", "note": "Plan"}
TAKEN = "20260303T0900Z"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(rep):
    return a_page(rep, slug="teo")


class Buyer:
    """A browser without script, session or cookie."""

    def __init__(self, clock) -> None:
        self.client, self.clock = Client(), clock

    def open(self, url, status=200):
        answer = self.client.get(url)
        assert answer.status_code == status, answer.content[:500]
        return unescape(answer.content.decode())

    def fields(self, text):
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))

    def form(self, at=TAKEN, zone="Europe/Oslo"):
        """The form for that time, read for a while."""
        fields = self.fields(self.open(f"/meet/teo/?zone={zone}&at={at}"))
        self.clock.shift(timedelta(seconds=30))
        return fields

    def book(self, at=TAKEN, **over):
        return self.client.post("/meet/teo/", {**self.form(at), **IDA, **over})


@pytest.fixture
def buyer(clock):
    return Buyer(clock)


def test_times_stand_in_the_visitors_zone(buyer, page):
    text = buyer.open("/meet/teo/?zone=America/New_York")

    assert "Monday 2 March" in text
    assert 'href="/meet/teo/?zone=America%2FNew_York&at=20260302T1300Z"' in text
    assert ">08:00</a>" in text
    assert ">14:00</a>" in buyer.open("/meet/teo/")  # the seller's own, in Berlin


def test_buyer_picks_books_moves_and_cancels_without_script_or_cookie(buyer, page, settings):
    answer = buyer.book()
    booked = answer["Location"]
    text = buyer.open(booked)

    assert (answer.status_code, Booking.objects.get().person.full_name) == (303, "Ida Holm")
    assert "Tuesday 3 March 2026, 10:00 (Europe/Oslo)" in text
    assert "No confirmation is sent by mail" in text
    times = buyer.open(f"{booked}move/?zone=Europe/Oslo")
    assert "at=20260303T0930Z" in times
    confirm = buyer.open(f"{booked}move/?zone=Europe/Oslo&at=20260303T0930Z")
    moved = buyer.client.post(f"{booked}move/", buyer.fields(confirm))
    assert moved.status_code == 303
    assert "10:30 (Europe/Oslo)" in buyer.open(booked)
    assert "Cancel the meeting?" in buyer.open(f"{booked}cancel/")
    assert buyer.client.post(f"{booked}cancel/").status_code == 303
    assert "will not take place" in buyer.open(booked)
    assert Booking.objects.get().state == "cancelled"
    assert not buyer.client.cookies
    settings.MAIL_IS_SET_UP = True
    assert "Both of you are told by mail" in buyer.open(booked)


def test_who_moved_often_is_told_and_keeps_the_time(buyer, page):
    booked = buyer.book()["Location"]
    Booking.objects.update(sequence=5)
    confirm = buyer.fields(buyer.open(f"{booked}move/?zone=UTC&at=20260303T0930Z"))

    answer = buyer.client.post(f"{booked}move/", confirm)

    assert answer.status_code == 409
    assert "This meeting was moved often" in answer.content.decode()
    assert Booking.objects.get().starts_at == TUESDAY


def test_calendar_file_tells_the_meeting_and_not_who_booked_it(buyer, page):
    booked = buyer.book()["Location"]

    answer = buyer.client.get(f"{booked}meeting.ics")

    calendar = Calendar.from_ical(answer.content)
    [event] = calendar.events
    assert calendar["METHOD"] == "PUBLISH"
    assert (event.start, event["SUMMARY"]) == (TUESDAY, "Meet Teo: Teo")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"


def test_who_comes_second_sees_the_next_free_times(buyer, page):
    fields = buyer.form()
    a_booking(page)

    answer = buyer.client.post("/meet/teo/", {**fields, **IDA})
    text = answer.content.decode()

    assert answer.status_code == 409
    assert "This time was just taken" in text
    assert "at=20260303T0930Z" in text
    assert "at=20260303T0900Z" not in text


def test_sent_twice_is_booked_once(buyer, page):
    fields = {**buyer.form(), **IDA}

    first, second = (buyer.client.post("/meet/teo/", fields) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1


def test_second_press_of_the_last_one_that_a_network_may_book_leads_to_it(buyer, page):
    fields = {**buyer.form(), **IDA}
    first = buyer.client.post("/meet/teo/", fields)
    network = Booking.objects.get().network
    for number in range(11):
        a_booking(page, start=TUESDAY + timedelta(days=1, minutes=30 * number), network=network)

    assert buyer.client.post("/meet/teo/", fields)["Location"] == first["Location"]


def test_what_was_typed_comes_back_with_what_is_wrong(buyer, page):
    answer = buyer.book(email="nonsense", note="Read <this>")
    text = answer.content.decode()

    assert answer.status_code == 422
    assert 'value="Ida Holm"' in text
    assert "Read &lt;this&gt;" in text
    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    ("phone", "status"),
    [
        *(("", 303), ("+47 (0)22 / 33-44.55", 303), ("0170 1234567 ext. 12", 303), ("٠١٢٣٤٥", 303)),
        *(("Call at win.example/x", 422), ("evil.example", 422), ("+4722 https://x.example", 422)),
    ],
)
def test_no_words_of_strangers_are_mailed_as_a_number(buyer, page, phone, status):
    """Who books may have written another's address."""
    answer = buyer.book(phone=phone)

    assert answer.status_code == status
    if status == 422:
        assert "Write a number, like +47 22 33 44 55." in answer.content.decode()


def test_form_of_yesterday_or_of_somebody_else_can_be_sent_again_at_once(buyer, page, clock):
    fields = buyer.form()
    clock.shift(timedelta(hours=25) - timedelta(hours=10))
    forged = buyer.client.post("/meet/teo/", {**fields, **IDA, "_token": "forged"})
    assert forged.status_code == 422

    again = buyer.client.post(
        "/meet/teo/", {**fields, **IDA, **buyer.fields(unescape(forged.content.decode()))}
    )

    assert again.status_code == 303


def test_machine_is_thanked_and_books_nothing(buyer, page):
    assert buyer.book(_website="x").status_code == 200
    fields = buyer.fields(buyer.open(f"/meet/teo/?at={TAKEN}"))
    quick = buyer.client.post("/meet/teo/", {**fields, **IDA})

    assert (quick.status_code, Booking.objects.count()) == (422, 0)


def test_form_of_another_site_and_a_long_one_are_refused(buyer, page):
    fields = {**buyer.form(), **IDA}

    foreign = buyer.client.post("/meet/teo/", fields, headers={"sec-fetch-site": "cross-site"})
    long = buyer.client.post("/meet/teo/", {**fields, "note": "x" * 40_000})

    assert (foreign.status_code, long.status_code) == (403, 413)
    assert Booking.objects.count() == 0


def test_network_that_books_without_end_has_to_wait(buyer, page):
    for number in range(12):
        start = TUESDAY + timedelta(days=number // 6 * 7, minutes=30 * (number % 6))
        a_booking(page, start=start)
    Booking.objects.update(network="")
    first = buyer.book(at="20260304T0900Z")
    digest = Booking.objects.get(email=IDA["email"]).network
    Booking.objects.update(network=digest)

    answer = buyer.client.post("/meet/teo/", {**buyer.form(at="20260304T1000Z"), **IDA})

    assert first.status_code == 303
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")


@pytest.mark.parametrize(
    "asked",
    [
        *("zone=Nowhere/Land", "zone=../../etc", "zone=%F0%9F%92%A5", "at=99999999T9999Z"),
        *("at=20260303T0907Z", "at=x", "from=9999-99-99", "from=0001-01-01", "from=2199-12-31"),
        *("at=00010101T0000Z", "at=99991231T2359Z", "from=%D9%A1&at=%D9%A2", "at=20200101T0900Z"),
    ],
)
def test_hostile_addresses_get_a_page(buyer, page, asked):
    assert "Teo" in buyer.open(f"/meet/teo/?{asked}")
    for url in ("/meet/teo/", buyer.book()["Location"] + "move/"):
        name, _is, value = asked.partition("=")
        answer = buyer.client.post(url, {**buyer.form(at="20260303T1000Z"), **IDA, name: value})
        assert answer.status_code < 500


@pytest.mark.parametrize(
    "path", ["booked/x", "booked/x:y", "lead/x", "lead/%00", "nobody", "booked/x/move"]
)
def test_what_is_not_ours_is_not_found(client, page, path):
    assert client.get(f"/meet/{path}/").status_code in {400, 404}


def test_page_that_is_off_or_of_somebody_gone_is_not_found(buyer, rep):
    a_page(rep, slug="teo", is_on=False)
    buyer.open("/meet/teo/", status=404)
    a_page(rep, slug="teo", is_on=True)
    buyer.open("/meet/teo/")

    rep.is_active = False
    rep.save()

    buyer.open("/meet/teo/", status=404)


def test_page_costs_the_same_whatever_was_booked(buyer, page, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(12) as found:
            buyer.open("/meet/teo/")
        return len(found)

    buyer.open("/meet/teo/")
    before = count()
    for number in range(6):
        a_booking(page, start=TUESDAY + timedelta(minutes=30 * number))

    assert count() == before


def test_month_leads_to_each_day_that_has_free_times(buyer, page):
    sheet = buyer.open("/meet/teo/").split('class="meet-month"')[1].split("</table>")[0]
    friday = buyer.open("/meet/teo/?from=2026-03-13")

    free = re.findall(r"from=(\d{4}-\d\d-\d\d)\" aria-label", sheet)
    assert '<b id="meet-month">March 2026</b>' in sheet
    assert {"2026-03-02", "2026-03-13"} <= set(free)
    assert {"2026-03-01", "2026-03-07", "2026-03-08"}.isdisjoint(free)  # Sundays, a Saturday
    assert sheet.count("aria-current") == 5  # those whose times stand below
    assert re.findall(r'id="day-1">([^<]+)<', friday) == ["Friday 13 March"]
