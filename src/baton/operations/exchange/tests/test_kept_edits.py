"""What colleagues changed on deals and activities stays when a newer file comes, and is told."""

from decimal import Decimal

import pytest

from baton.records.people.tests.factories import AT, a_person
from baton.records.timeline.actions import edit_note
from baton.records.timeline.models import Note
from baton.sales.deals.actions.closing import win_deal
from baton.sales.deals.actions.editing import edit_deal
from baton.sales.deals.actions.moving import move_deal
from baton.sales.deals.models import Deal, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DEAL = {
    "Record ID": "9",
    "Deal Name": "Pans",
    "Deal Stage": "Talking",
    "Pipeline": "Sales",
    "Amount": "10",
    "Deal owner": "",
    "Associated Contact IDs": "1",
    "Colour": "red",
}
PERSON = {"Record ID": "1", "First Name": "Lena", "Email": "l@halden.example", "Contact owner": ""}
NOTE = {
    "Record ID": "5",
    "Activity type": "Note",
    "Title": "",
    "Body": "They like it",
    "Activity date": "2026-01-05 10:00",
    "Associated Contact IDs": "1",
}


def test_deal_keeps_what_a_colleague_changed_and_takes_the_rest(run_known, write, colleague):
    run_known(
        write("contacts", PERSON),
        write("deals", DEAL, DEAL | {"Record ID": "8", "Deal Stage": "Waiting"}),
    )
    deal = Deal.objects.get(name="Pans", stage__name="Talking")
    edit_deal(
        deal=deal, values={"amount": Decimal(25), "custom": {"colour": "blue"}}, by=colleague, at=AT
    )
    waiting = Stage.objects.get(name="Waiting")
    move_deal(deal=deal, stage=waiting, by=colleague, at=AT)

    newer = DEAL | {"Amount": "30", "Deal Name": "Pots", "Colour": "green"}
    data = run_known(write("deals", newer | {"Deal Stage": "Talking"}))

    deal.refresh_from_db()
    assert (deal.name, deal.amount, deal.stage, deal.custom) == (
        "Pots",
        25,
        waiting,
        {"colour": "blue"},
    )
    assert [(one["field"], one["ours"], one["theirs"]) for one in data["conflicts"]] == [
        ("amount", "25.00", "30.00"),
        ("stage", "Waiting", "Talking"),
        ("colour", "blue", "green"),
    ]
    assert data["objects"]["deal"]["updated"] == 1


def test_deal_that_a_colleague_won_is_not_opened_again(run_known, write, colleague):
    run_known(write("contacts", PERSON), write("deals", DEAL))
    deal = Deal.objects.get()
    win_deal(deal=deal, by=colleague, at=AT)

    data = run_known(write("contacts", PERSON), write("deals", DEAL | {"Amount": "30"}))

    deal.refresh_from_db()
    assert (deal.state, deal.closed_at, deal.amount) == ("won", AT, 30)
    assert [one["field"] for one in data["conflicts"]] == ["stage"]


def test_note_that_a_colleague_mended_stays(run_known, write, colleague):
    a_person(full_name="Ann Lund")
    run_known(write("contacts", PERSON), write("notes", NOTE))
    note = Note.objects.get()
    edit_note(note=note, body="They love it", by=colleague, at=AT, version=None)

    data = run_known(write("contacts", PERSON), write("notes", NOTE | {"Body": "Newer"}))

    note.refresh_from_db()
    assert note.body == "They love it"
    assert [(one["ours"], one["theirs"]) for one in data["conflicts"]] == [
        ("They love it", "Newer")
    ]
    assert data["objects"]["activity"]["unchanged"] == 1
