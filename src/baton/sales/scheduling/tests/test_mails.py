"""What is mailed: to both sides once a change, with a file that calendars follow; a reminder."""

from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from icalendar import Calendar

from baton.core.mail.models import Mail
from baton.core.settings.models import Organisation
from baton.sales.scheduling import actions, tasks
from baton.sales.scheduling.tests.factories import AT, TUESDAY, a_booking, a_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def booking(rep):
    return a_booking(a_page(rep), name="Ida Holm", email="ida@holm.example", note="Grants")


def mails_to(address):
    return list(Mail.objects.filter(to=address).order_by("pk"))


def event_of(mail):
    calendar = Calendar.from_ical(b64decode(mail.files[0]["content"]))
    [event] = calendar.walk("VEVENT")
    return calendar["METHOD"], event


def test_both_sides_get_an_invitation_once(booking, rep, run_background):
    run_background()
    actions.write_mails(booking=booking, sequence=0, at=AT)

    [theirs], [ours] = mails_to("ida@holm.example"), mails_to(rep.email)
    assert theirs.subject == "Booked: Meet Teo"
    assert "Tuesday 3 March 2026, 10:00 (Europe/Oslo)" in theirs.text
    assert "/meet/booked/" in theirs.text
    assert ours.subject == "Booked: Ida Holm, Meet Teo"
    assert f"/meetings/{booking.key}/" in ours.text
    assert "Grants" in ours.text
    method, event = event_of(theirs)
    assert (method, event["SEQUENCE"], event["DTSTART"].dt) == ("REQUEST", 0, TUESDAY)
    assert event["ORGANIZER"] == f"mailto:{rep.email}"
    assert event["ATTENDEE"] == "mailto:ida@holm.example"


def test_seller_reads_in_a_mail_what_they_may_read_on_the_screen(rep, run_background):
    hidden = {"rep": {"person": {"hidden": ["emails", "phones"]}}}
    Organisation.objects.update(field_limits=hidden)
    a_booking(a_page(rep), name="Ida Holm", email="ida@holm.example", phone="+47 22 33 44 55")

    run_background()

    [theirs], [ours] = mails_to("ida@holm.example"), mails_to(rep.email)
    assert "Teo calls +47 22 33 44 55" in theirs.text
    assert ours.subject == "Booked: Ida Holm, Meet Teo"
    assert "ida@" not in ours.text
    assert "22 33" not in ours.text
    _method, event = event_of(ours)
    assert "ATTENDEE" not in event
    assert "22 33" not in event["LOCATION"]


def test_mail_of_a_cancelled_meeting_leads_to_no_page_that_is_gone(booking, rep, run_background):
    actions.trash_page(page=booking.page, by=rep, at=AT)
    actions.cancel_booking(booking=booking, by=rep, at=AT)

    run_background()

    [theirs] = mails_to("ida@holm.example")
    assert "/meet/teo/" not in theirs.text
    assert "/meet/booked/" in theirs.text


def test_move_raises_the_sequence_and_cancel_ends_the_same_event(booking, run_background):
    run_background()
    actions.move_booking(booking=booking, start=TUESDAY + HOUR, at=AT)
    run_background()
    actions.cancel_booking(booking=booking, at=AT)
    run_background()

    told = [event_of(one) for one in mails_to("ida@holm.example")]
    assert [(method, event["SEQUENCE"], event["STATUS"]) for method, event in told] == [
        ("REQUEST", 0, "CONFIRMED"),
        ("REQUEST", 1, "CONFIRMED"),
        ("CANCEL", 2, "CANCELLED"),
    ]
    assert len({event["UID"] for _method, event in told}) == 1


def test_change_that_was_changed_again_is_told_by_the_last_one(booking, run_background):
    actions.move_booking(booking=booking, start=TUESDAY + HOUR, at=AT)
    actions.cancel_booking(booking=booking, at=AT)
    run_background()

    assert [event_of(one)[0] for one in mails_to("ida@holm.example")] == ["CANCEL"]


def test_mail_carries_its_file_as_rfc_6047_has_it(booking, run_background, settings):
    settings.MAIL_IS_SET_UP = True
    run_background()

    [sent] = [one for one in outbox.outbox if "ida@holm.example" in one.to[0]]
    part: Any = list(sent.message().walk())[-1]
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert b"METHOD:REQUEST" in part.get_payload(decode=True)


def test_reminder_comes_the_day_before_once_and_never_of_what_was_cancelled(rep, clock):
    page = a_page(rep)
    wednesday = TUESDAY + timedelta(days=1)
    kept = a_booking(page, start=wednesday, email="ida@holm.example")
    gone = a_booking(page, start=wednesday + HOUR, email="ole@holm.example")
    soon = a_booking(page, start=TUESDAY - HOUR, email="eva@holm.example")
    actions.cancel_booking(booking=gone, at=AT)
    assert kept.remind_at == TUESDAY
    assert soon.remind_at is None

    for moment in (TUESDAY - HOUR / 60, TUESDAY + HOUR / 60, TUESDAY + HOUR):
        clock.move_to(moment)
        tasks.remind_of_meetings.call()

    assert [one.subject for one in mails_to("ida@holm.example")] == ["Tomorrow: Meet Teo"]
    assert not mails_to("ole@holm.example")
    assert not mails_to("eva@holm.example")


def test_seller_who_wants_no_reminder_sends_none(rep):
    booking = a_booking(a_page(rep, reminds=False), start=TUESDAY + timedelta(days=2))

    assert booking.remind_at is None
