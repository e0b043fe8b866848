"""Lists of people of other systems: mailings, events, connections."""

from datetime import UTC, datetime

import pytest

from baton.core.access.models import User
from baton.operations.exchange.tests.conftest import created
from baton.records.people.models import Consent, Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_mailchimp_keeps_who_allowed_what_when_and_from_where(run_known, write):
    known = a_person(emails=["lena@halden.example"], full_name="Lena Fischer")
    base = {
        "First Name": "Lena",
        "Last Name": "",
        "Shoe": "41",
        "OPTIN_TIME": "",
        "CONFIRM_TIME": "2024-05-01 10:00:00",
        "CONFIRM_IP": "203.0.113.7",
        "LEID": "1",
        "EUID": "a",
        "TAGS": '"Member","2025 waiver"',
    }
    files = [
        write("subscribed", {"Email Address": "Lena@halden.example", **base}),
        write(
            "unsubscribed",
            {
                "Email Address": "ben@orbis.example",
                **base,
                "UNSUB_TIME": "2024-06-01 10:00:00",
                "UNSUB_REASON": "NORMAL",
            },
        ),
        write(
            "cleaned",
            {
                "Email Address": "old@orbis.example",
                **base,
                "CLEAN_TIME": "2024-07-01 10:00:00",
                "CLEAN_CAMPAIGN_TITLE": "News",
            },
        ),
    ]

    data = run_known(*files)

    assert created(data) == {"person": 2, "consent": 5}
    known.refresh_from_db()
    assert known.custom == {"shoe": "41"}
    assert sorted(str(tag) for tag in known.tags.all()) == ["2025 waiver", "Member"]
    given = Consent.objects.get(email="lena@halden.example")
    assert (given.is_given, given.ip) == (True, "203.0.113.7")
    assert given.at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    gone = Consent.objects.filter(is_given=False).order_by("at").values_list("email", "source")
    assert list(gone) == [
        ("ben@orbis.example", "Mailchimp: unsubscribed"),
        ("old@orbis.example", "Mailchimp: bounced"),
    ]
    assert run_known(*files)["totals"]["created"] == 0


def test_calendly_events_are_meetings_with_their_answers(run_known, write):
    event = {
        "User Email": "mara@f.example",
        "Invitee Name": "Lena Fischer",
        "Invitee Email": "lena@h.example",
        "Event Type Name": "Demo",
        "Start Date & Time": "2025-03-03 11:00 am",
        "Canceled": "false",
        "Marked as No-Show": "No",
        "Question 1": "Why?",
        "Response 1": "Ovens",
        "Invitee accepted marketing emails": "true",
        "Event UUID": "e1",
        "Event Created Date & Time": "2025-03-01 09:00 am",
    }
    path = write("events", event, {**event, "Event UUID": "e2", "Marked as No-Show": "Yes"})

    assert created(run_known(path)) == {"person": 1, "consent": 1, "activity": 2}
    held, missed = Activity.objects.order_by("pk")
    assert (held.outcome, missed.outcome) == ("held", "no_show")
    assert held.body == "Question 1: Why?\nResponse 1: Ovens"
    assert User.objects.filter(name="Mara").exists()


def test_linkedin_connections_stand_below_notes(run_known, tmp_path):
    path = tmp_path / "Connections.csv"
    path.write_text(
        'Notes:\n"When exporting your connections, you may notice, that some are missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Lena,Fischer,https://www.linkedin.com/in/lena,,Halden,CEO,15 Mar 2024\n"
    )

    assert created(run_known(path)) == {"company": 1, "person": 1}
    lena = Person.objects.get()
    assert (lena.origin, lena.job_title, str(lena.company)) == ("sales", "CEO", "Halden")


def test_any_list_of_people_comes_by_the_usual_names_of_its_columns(run_known, write):
    path = write(
        "kunden",
        {
            "Vorname": "Lena",
            "Nachname": "Fischer",
            "E-Mail-Adresse": "lena@halden.example",
            "Firma": "Halden",
            "PLZ": "0150",
            "Ort": "Oslo",
            "Schuhgröße": "41",
        },
    )

    assert created(run_known(path)) == {"company": 1, "person": 1}
    lena = Person.objects.get()
    assert (str(lena), str(lena.company), lena.custom) == (
        "Lena Fischer",
        "Halden",
        {"schuhgrösse": "41"},
    )
