"""Files of other systems, known by their columns: a few rows of each, and what comes of them."""

from datetime import UTC, datetime

import pytest

from baton.operations.exchange.actions.recognising import known_recipes, recipe_for
from baton.operations.exchange.tests.conftest import created
from baton.operations.exchange.tests.vendor_rows import SALESFORCE, ZOHO
from baton.records.people.models import Company, Consent, Person
from baton.records.people.tests.factories import AT
from baton.records.timeline.models import Activity, Note, Task
from baton.sales.deals.models import Deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_salesforce_export_links_by_ids_and_makes_one_person_of_a_converted_lead(run_known, write):
    files = [write(name, *rows) for name, rows in SALESFORCE.items()]

    data = run_known(*files)

    assert data["skipped"] == 1
    counted = {"user": 1, "company": 2, "person": 2, "consent": 1, "deal": 1, "activity": 1}
    assert created(data) == counted
    lena = Person.objects.get(first_name="Lena")
    assert (lena.job_title, str(lena.company), str(lena.owner)) == ("CEO", "Halden", "Mara Lind")
    assert lena.stage_changes.filter(to_stage="sql").exists()
    task, deal = Task.objects.get(), Deal.objects.get()
    assert (task.person, task.deal_id, deal.state) == (lena, deal.pk, "won")
    assert Consent.objects.get().is_given is False
    assert Person.objects.get(first_name="Jonas").custom["rating"] == "Hot"


def test_contacts_alone_come_without_the_accounts_that_they_name(run_known, write):
    path = write(
        "Contact",
        {
            "Id": "003A",
            "AccountId": "001A",
            "LastName": "Fischer",
            "Email": "lena@halden.example",
            "MailingCity": "Halden",
        },
    )

    assert created(run_known(path)) == {"person": 1, "consent": 0}


def test_salesforce_report_is_known_by_its_labels(run_known, write):
    path = write(
        "report",
        {
            "Lead Owner": "Mara Lind",
            "First Name": "Lena",
            "Last Name": "Fischer",
            "Company / Account": "Halden Foods",
            "Lead Source": "Fair",
            "Email": "lena@h.example",
        },
    )

    assert created(run_known(path)) == {"company": 1, "person": 1}
    lena = Person.objects.get()
    assert (lena.said_source, str(lena.company)) == ("Fair", "Halden Foods")


def test_zoho_links_by_dotted_ids(run_known, write):
    files = [write(name, *rows) for name, rows in ZOHO.items()]

    data = run_known(*files)

    assert created(data) == {
        "user": 1,
        "company": 1,
        "person": 1,
        "consent": 1,
        "deal": 1,
        "activity": 2,
    }
    lena, deal = Person.objects.get(), Deal.objects.get()
    assert (str(lena.company), str(lena.owner), lena.custom) == (
        "Halden",
        "Mara Lind",
        {"shoe": "41"},
    )
    assert (deal.reason, deal.stage.pipeline.name) == ("price", "Zoho CRM")
    assert Note.objects.get().deal_id == deal.pk
    assert Activity.objects.get().outcome == "conversation"
    assert Consent.objects.get().at == datetime(2025, 3, 1, 9, tzinfo=UTC)  # the company's zone


def test_links_by_a_name_that_two_bear_fail(run_known, write):
    for domain in ("a.example", "b.example"):
        Company.objects.create(name="Halden", sort_key="halden", created_at=AT).domains.create(
            domain=domain
        )
    path = write(
        "Connections",
        {
            "First Name": "Lena",
            "Last Name": "F",
            "URL": "u",
            "Company": "Halden",
            "Position": "",
            "Connected On": "15 Mar 2024",
        },
    )

    data = run_known(path, code=3)

    assert {error["message"] for error in data["errors"]} == {
        "“halden” fits more than one company. Name it by its key, or mend it."
    }


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ("Email address,First name,Email permission status", "Constant Contact"),
        ("Email,First Name,Tags,Date Created,IP", "ActiveCampaign"),
        ("First Name,Last Name,Emails,Stage,Owner", "Outreach"),
        ("profileUrl,fullName,firstName,lastName,companyName,vmid", "LinkedIn"),
        ("record id,deal name,stage,pipeline,account name.id,closing date", "Zoho CRM"),
    ],
)
def test_header_alone_says_whose_file_it_is(tmp_path, columns, name):
    path = tmp_path / "x.csv"
    path.write_text(columns + "\n")

    assert recipe_for([path]).name == name


def test_every_recipe_that_ships_can_be_read():
    assert len({recipe.name for recipe in known_recipes("UTC")}) == 17
