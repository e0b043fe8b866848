"""Files that come over the web: looked through, brought in, taken back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from baton.core.changes.models import Change
from baton.core.changes.queries import may_undo
from baton.core.facts.models import FactRecord
from baton.operations.exchange.actions import keeping, uploads
from baton.operations.exchange.models import Import, ImportedRow
from baton.operations.exchange.tests.test_hubspot import FILES
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Activity, Note, Task
from baton.sales.deals.models import Deal, Pipeline
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def upload(signed_in, admin, settings, tmp_path, run_background):
    """Sends files as the admin; gives the import that they make, after its job."""
    settings.HOME = tmp_path / "home"

    def send(*names, user=admin, **texts):
        texts = {f"{name}.csv": (FILES / f"{name}.csv").read_text() for name in names} | texts
        files = [SimpleUploadedFile(name, text.encode()) for name, text in texts.items()]
        data = {"uploaded": files, "zone": "Europe/Berlin"}
        response = signed_in(user).post(reverse("exchange:new-import"), data)
        run_background()
        return response

    return send


def press(client, act, record, run_background):
    client.post(reverse(f"exchange:{act}", args=[record.key]))
    run_background()
    record.refresh_from_db()


def test_files_are_looked_through_and_nothing_is_written(upload, signed_in, admin):
    lena = a_person(full_name="Helene Fischer", emails=["lena@halden.example"])

    response = upload("contacts", "companies", "deals", "activities")

    record = Import.objects.get()
    assert response["Location"] == reverse("exchange:import", args=[record.key])
    assert (record.state, record.recipe, record.total) == ("ready", "HubSpot", 14)
    assert (Person.objects.get(), Deal.objects.count()) == (lena, 0)
    page = signed_in(admin).get(response["Location"]).content.decode()
    listed = signed_in(admin).get(reverse("exchange:imports")).content.decode()
    assert '<span class="badge hue-teal">Ready to bring in</span>' in listed
    for words in (
        "What would come",
        "Helene",
        "<td>Lena Fischer</td>",
        "shoe_size",
        "1 field differs",
        "Bring in",
    ):
        assert words in page


def test_import_comes_by_a_job_and_is_taken_back_whole(upload, signed_in, admin, run_background):
    lena = a_person(full_name="Lena Fischer", emails=["lena@halden.example"], job_title="CEO")
    client = signed_in(admin)
    upload("contacts", "companies", "deals", "activities")
    record = Import.objects.get()

    press(client, "start-import", record, run_background)

    assert (record.state, record.totals["failed"], record.done) == ("done", 0, record.total)
    assert (Person.objects.count(), Deal.objects.count()) == (3, 4)
    last_year = f"{reverse('analytics:last-year')}?import={record.batch}"
    page = reverse("exchange:import", args=[record.key])
    assert last_year in client.get(page).content.decode()
    assert client.get(last_year).context["is_everybody"] is False
    Deal.objects.filter(name="Pans").update(need="Soon")
    press(client, "undo-import", record, run_background)

    assert record.state == "undone"
    assert last_year not in client.get(page).content.decode()
    assert list(Person.objects.living()) == [lena]
    lena.refresh_from_db()
    assert (lena.custom, lena.company, lena.stage) == ({}, None, "lead")
    for kind in (Company, Deal, Note, Activity, Task):
        assert not kind.objects.filter(deleted_at=None).exists()
    assert (
        not FactRecord.objects.standing()
        .filter(batch=record.batch)
        .exclude(name="fact.retracted")
        .exists()
    )
    assert not ImportedRow.objects.exists()
    assert not Pipeline.objects.filter(source="hubspot", deleted_at=None).exists()
    upload("contacts", "companies", "deals", "activities")
    again = Import.objects.latest("pk")
    press(client, "start-import", again, run_background)
    assert (again.state, again.totals["failed"]) == ("done", 0)
    assert Pipeline.objects.filter(source="hubspot", deleted_at=None).count() == 1


def test_pipeline_in_which_another_deal_stands_by_now_stays(
    upload, signed_in, admin, run_background
):
    upload("contacts", "companies", "deals", "activities")
    record = Import.objects.get()
    press(signed_in(admin), "start-import", record, run_background)
    pipeline = Pipeline.objects.get(source="hubspot")
    ours = a_deal(stage=pipeline.stages.filter(kind="open").first())

    press(signed_in(admin), "undo-import", record, run_background)

    assert list(Deal.objects.living()) == [ours]
    pipeline.refresh_from_db()
    assert pipeline.deleted_at is None


def test_company_to_which_others_belong_by_now_stays(upload, signed_in, admin, run_background):
    client = signed_in(admin)
    upload("contacts", "companies")
    record = Import.objects.get()
    press(client, "start-import", record, run_background)
    halden, gone = Company.objects.order_by("name").first(), Company.objects.count() - 1
    uwe = a_person(full_name="Uwe Ost", company=halden)

    press(client, "undo-import", record, run_background)

    assert (list(Company.objects.living()), list(Person.objects.living())) == ([halden], [uwe])
    assert Company.objects.exclude(deleted_at=None).count() == gone
    page = client.get(reverse("exchange:import", args=[record.key])).content.decode()
    assert "1 company stays: somebody belongs to it" in page


def test_what_somebody_changed_since_stays(upload, signed_in, admin, run_background):
    client = signed_in(admin)
    ben = a_person(full_name="", emails=["ben@halden.example"])
    upload("contacts")
    record = Import.objects.get()
    press(client, "start-import", record, run_background)
    ben.refresh_from_db()
    assert ben.full_name == "Ben Okafor"
    Person.objects.filter(pk=ben.pk).update(first_name="Benjamin")

    press(client, "undo-import", record, run_background)

    ben.refresh_from_db()
    assert ben.first_name == "Benjamin"


def test_lines_that_fail_are_told_and_given_as_a_file(upload, signed_in, admin, run_background):
    client = signed_in(admin)
    text = (FILES / "contacts.csv").read_text().replace("ben@halden.example", "no address")
    upload(**{"contacts.csv": text})
    record = Import.objects.get()

    press(client, "start-import", record, run_background)

    page = client.get(reverse("exchange:import", args=[record.key])).content.decode()
    assert page.count("“no address” is no mail address") == 1  # of its person and its consent
    assert "Companies 1, People 2" in client.get(reverse("exchange:imports")).content.decode()
    response = client.get(reverse("exchange:mend-import", args=[record.key]))
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0].endswith("What is wrong")
    other = reverse("exchange:mend-import", args=[record.key]) + "?file=1"
    assert client.get(other).status_code == 404


def test_file_that_cannot_be_read_is_refused_with_a_sentence(upload, signed_in, admin):
    upload(**{"stock.csv": "Shelf,Shelf\nA,4\n"})

    record = Import.objects.get()
    assert record.state == "refused"
    page = signed_in(admin).get(reverse("exchange:import", args=[record.key])).content.decode()
    assert "two columns called “Shelf”" in page


def test_stopped_import_keeps_what_came_and_can_be_taken_back(
    upload, signed_in, admin, run_background, monkeypatch
):
    upload("contacts")
    record, client = Import.objects.get(), signed_in(admin)
    page = reverse("exchange:import", args=[record.key])
    uploads.begin_import(record=record, at=record.started_at)
    uploads.cancel_import(record=record, at=record.started_at)

    uploads.run_import(import_id=record.pk, at=record.started_at)

    record.refresh_from_db()
    assert (record.state, Person.objects.count()) == ("stopped", 0)
    told = client.get(page)
    assert (told.context["counts"], "Nothing came in." in told.content.decode()) == ([], True)
    Import.objects.update(state="ready")
    press(client, "start-import", record, run_background)
    Import.objects.update(state="stopped", objects_in={})  # as somebody stops it on the way
    told = {label: figures[0][0] for label, figures in client.get(page).context["counts"]}
    assert told == {"Companies": 1, "People": 3}
    press(client, "undo-import", record, run_background)
    assert record.state == "undone"


def test_form_says_what_is_missing(upload, signed_in, admin):
    response = upload()

    assert response.status_code == 422
    assert "Choose one to 20 files." in response.content.decode()
    assert signed_in(admin).get(reverse("exchange:new-import")).status_code == 200
    assert signed_in(admin).get(reverse("exchange:imports")).status_code == 200


def test_columns_that_come_as_own_fields_are_named_before(upload, signed_in, admin):
    header = "Record ID,First Name,Last Name,Email,Who,Shoe"
    odd = {"odd.csv": f"{header}\n1,Ada,Berg,ada@halden.example,she,38\n"}

    page = signed_in(admin).get(upload(**odd)["Location"]).content.decode()
    plain = signed_in(admin).get(upload("companies")["Location"]).content.decode()

    assert "fields of your own: Who, Shoe. If one" in page
    assert "fields of your own" not in plain


def test_empty_list_leads_to_the_first_import(signed_in, admin):
    page = signed_in(admin).get(reverse("exchange:imports")).content.decode()

    assert page.count(f'href="{reverse("exchange:new-import")}"') == 2  # at its head, and in it


def test_rep_brings_nothing_in(upload, rep):
    assert upload("contacts", user=rep).status_code == 403
    assert not Import.objects.exists()


def test_file_may_be_called_as_our_own_folders_are(upload, signed_in, admin, run_background):
    upload(**dict.fromkeys(("opened", "mend"), "name,email\nAnn Lund,ann@halden.example\n"))
    record = Import.objects.get()

    press(signed_in(admin), "start-import", record, run_background)

    assert (record.state, Person.objects.get().full_name) == ("done", "Ann Lund")


def test_files_are_thrown_away_after_a_month_and_not_while_they_are_needed(upload):
    upload("contacts")
    record = Import.objects.get()
    month = record.started_at + timedelta(days=30)
    kept = uploads.throw_away_old(at=month), keeping.folder_of(record).is_dir()
    Import.objects.update(state="running")
    busy = uploads.throw_away_old(at=month + timedelta(hours=1))
    Import.objects.update(state="ready")

    gone = uploads.throw_away_old(at=month + timedelta(hours=1))

    assert (kept, busy, gone) == ((0, True), 0, 1)
    assert not keeping.folder_of(record).exists()
    assert Import.objects.get().state == "stopped"


def test_history_names_who_started_the_import_and_no_field_is_held_by_it(
    upload, signed_in, admin, run_background
):
    client = signed_in(admin)
    for title in ("CEO", "Owner"):
        head = "Record ID,First Name,Email,Job Title,Contact owner"
        upload(**{"contacts.csv": f"{head}\n7,Ada,ada@halden.example,{title},\n"})
        press(client, "start-import", Import.objects.latest("pk"), run_background)

    told = Change.objects.filter(object_type="person").order_by("pk")
    assert [*told.values_list("verb", "by", "way", "cause")] == [
        ("created", admin.pk, "import", "import"),
        ("edited", admin.pk, "import", "import"),
    ]
    assert Person.objects.get().job_title == "Owner"
    assert not may_undo(batch=told[0].batch, user=admin)
    listed = client.get(reverse("audit:list")).content.decode()
    assert admin.name in listed
