"""Where a file and a record here say something different: ours stays, or the file's is taken."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from baton.core.keys import new_key
from baton.operations.exchange.models import Import
from baton.operations.exchange.tests.test_kept_edits import DEAL, NOTE, PERSON
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.records.timeline.actions import edit_note
from baton.records.timeline.models import Note
from baton.sales.deals.actions.editing import edit_deal
from baton.sales.deals.models import Deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LIST = """Email,First Name,Last Name,Job Title,Phone,Company,Country
ann@halden.example,Ann,Lund,Head of buying,,Orbis,NOR
bo@halden.example,Bo,Ek,Engineer,,,
"""


@pytest.fixture
def ann():
    return a_person(
        full_name="Ann Lund",
        emails=["ann@halden.example"],
        phones=["+47 22 12 34 56"],
        job_title="Buyer",
        country="Norway",
        company=a_company(name="Halden"),
    )


@pytest.fixture
def press(signed_in, admin, settings, tmp_path, run_background):
    """Sends the list as the admin, or presses a button of its import."""
    settings.HOME = tmp_path / "home"
    client = signed_in(admin)

    def act(name="", /, **said):
        if name:
            where = reverse(f"exchange:{name}", args=[Import.objects.latest("pk").key])
        else:
            where = reverse("exchange:new-import")
            said = {"uploaded": SimpleUploadedFile("list.csv", LIST.encode()), "zone": "UTC"}
        answer = client.post(where, said)
        run_background()
        return client.get(answer["Location"]).content.decode()

    return act


def test_file_is_right_where_somebody_says_so_and_an_empty_cell_takes_nothing(ann, press):
    page = press()
    assert "2 fields differ from what is here: they stay" in page
    assert "Take the file’s values where they differ" in page

    page = press("take-side", overwrites="1")

    assert "the file’s value is taken" in page
    assert "differ from what is here" not in page
    changes = page.rpartition("What would change")[2]
    assert "<td>Job title</td><td>Buyer</td><td>Head of buying</td>" in changes
    ann.refresh_from_db()
    assert ann.job_title == "Buyer"
    press("start-import")
    ann.refresh_from_db()
    assert (ann.job_title, str(ann.company)) == ("Head of buying", "Orbis")
    assert ann.phones.get().e164 == "+4722123456"
    press("undo-import")
    ann.refresh_from_db()
    assert (ann.job_title, str(ann.company)) == ("Buyer", "Halden")


def test_choice_can_be_taken_back_before_anything_is_written(ann, press):
    press()
    press("take-side", overwrites="1")

    page = press("take-side")

    assert "2 fields differ from what is here: they stay" in page
    press("start-import")
    press("take-side", overwrites="1")  # too late
    ann.refresh_from_db()
    assert ann.job_title == "Buyer"
    assert Import.objects.latest("pk").state == "done"


def test_file_that_was_brought_in_before_takes_back_what_colleagues_changed(
    run_known, write, colleague
):
    files = [
        write("contacts", PERSON | {"Job Title": "Buyer"}),
        write("deals", DEAL),
        write("notes", NOTE),
    ]
    run_known(*files)
    deal, note, person = Deal.objects.get(), Note.objects.get(), Person.objects.get()
    by_hand = {"by": colleague, "at": AT}
    edit_deal(deal=deal, values={"amount": Decimal(25), "custom": {"colour": "blue"}}, **by_hand)
    edit_note(note=note, body="They love it", version=None, **by_hand)
    Person.objects.filter(pk=person.pk).update(job_title="Head")

    kept = run_known(*files)
    data = run_known(*files, more=["--overwrite"])

    assert (kept["totals"]["updated"], data["totals"]["updated"]) == (0, 3)
    assert data["conflicts"] == []
    for row in (deal, note, person):
        row.refresh_from_db()
    assert (deal.amount, deal.custom) == (10, {"colour": "red"})
    assert (note.body, person.job_title) == ("They like it", "Buyer")
    assert run_known(*files, more=["--overwrite"])["totals"]["updated"] == 0


def test_companies_and_own_fields_are_overwritten_too(run_known, write):
    row = {"Record ID": "1", "Company name": "Halden", "Company Domain Name": "halden.example"}
    row |= {"Country/Region": "Norge"}
    ours = a_company(
        name="Halden Ltd", domains=["halden.example"], industry="Retail", country="Norway"
    )
    file = write("companies", row | {"Industry": "Energy", "Company owner": ""})

    assert len(run_known(file)["conflicts"]) == 2
    run_known(file, more=["--overwrite"])

    ours.refresh_from_db()
    assert (ours.name, ours.industry, Company.objects.count()) == ("Halden", "Energy", 1)


def test_program_says_which_side_counts(ann, api_client, admin, settings, tmp_path, run_background):
    settings.HOME = tmp_path / "home"

    def send(overwrite):
        file = SimpleUploadedFile("list.csv", LIST.encode())
        said = {"file": file, "overwrite": overwrite}
        answer = api_client(admin).post("/api/v1/exchange/imports/", said)
        run_background()
        ann.refresh_from_db()
        return answer.status_code, ann.job_title

    assert send("false") == (201, "Buyer")
    assert send("perhaps") == (422, "Buyer")
    assert send("true") == (201, "Head of buying")


@pytest.mark.parametrize("order", [(1, 0), (0, 1)])
def test_both_imports_of_a_file_are_taken_back_in_any_order(order, run_known, write, undone):
    person, note = write("contacts", PERSON), write("notes", NOTE)
    run_known(person, note, write("deals", DEAL))
    seen = {"source": Import.objects.get().source, "started_at": AT}
    waiting = Import.objects.create(**seen, batch=new_key(), state="ready")  # never brought in
    run_known(person, note, write("deals", DEAL | {"Amount": "30"}), more=["--overwrite"])
    imports = Import.objects.exclude(pk=waiting.pk).order_by("pk")

    for place in order:
        undone(imports[place])

    assert [one.state for one in imports] == ["undone", "undone"]
    assert not Deal.objects.filter(deleted_at=None).exists()
    assert run_known(person, note, write("deals", DEAL))["totals"]["created"] == 3
