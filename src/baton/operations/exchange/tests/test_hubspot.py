"""HubSpot's files, known by their columns and linked by ids, mail addresses and domains."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.core.fields.models import FieldDefinition
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Activity, Note, Task
from baton.sales.deals.models import Deal, Pipeline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]

MARCH = datetime(2025, 2, 28, 23, tzinfo=UTC)  # midnight in Berlin
FILES = Path(__file__).parent / "files" / "hubspot"


def read(name):
    return (FILES / f"{name}.csv").read_text()


@pytest.fixture
def hubspot(tmp_path):
    """Copies of the four files, to be changed."""
    return {path.stem: Path(copy(path, tmp_path)) for path in sorted(FILES.glob("*.csv"))}


def made(data):
    return {kind: counts["created"] for kind, counts in data["objects"].items()}


def test_four_files_come_in_linked_without_a_recipe(run_known, hubspot, run_background):
    mara = create_user(name="Mara Lind", role="rep", email="mara@fennmark.example")

    data = run_known(*hubspot.values())
    run_background()

    assert data["errors"] == []
    assert made(data) == {"company": 1, "person": 3, "deal": 4, "activity": 5}
    lena = Person.objects.get(first_name="Lena")
    assert (str(lena.company), lena.owner, lena.channel) == ("Halden Foods", mara, "paid_search")
    assert (lena.stage, lena.custom) == ("customer", {"shoe_size": "41"})
    stages = dict(Person.objects.values_list("first_name", "stage"))
    assert stages == {"Lena": "customer", "Ben": "opportunity", "Jonas": "lead"}
    assert User.objects.filter(name="Zoe Marsh", email=None).count() == 1
    codes = FieldDefinition.objects.filter(object_type="person").values_list("code", flat=True)
    assert list(codes) == ["shoe_size"]  # nobody has a fax


def test_deals_make_the_pipeline_that_they_name(run_known, hubspot):
    run_known(*hubspot.values())

    renewals = Pipeline.objects.get(name="Renewals")
    assert list(renewals.stages.order_by("position").values_list("name", "probability")) == [
        ("Qualified to Buy", 40),
        ("Contract Sent", 90),
        ("Won", 100),
        ("Lost", 0),
    ]
    won, lost = Deal.objects.get(name="Ovens"), Deal.objects.get(name="Cups")
    assert (won.state, won.amount, won.closed_at) == (
        "won",
        12500,
        datetime(2025, 2, 28, 23, tzinfo=UTC),  # midnight in Berlin,
    )
    assert (str(won.person), str(won.company)) == ("Lena Fischer", "Halden Foods")
    assert (lost.reason, lost.custom) == ("competitor", {"closed_lost_reason": "Competitor"})


def test_a_pipeline_of_ones_own_keeps_its_stages(run_known, hubspot):
    Pipeline.objects.create(name="Renewals", position=9)

    data = run_known(*hubspot.values(), code=3)

    assert data["totals"]["failed"] == 4
    assert "is no stage of “Renewals”" in data["errors"][0]["message"]


def test_activities_become_what_they_were(run_known, hubspot):
    run_known(*hubspot.values())

    calls = Activity.objects.order_by("at").values_list("kind", "outcome", "body")
    assert list(calls) == [
        ("call", "conversation", "Nice & short"),
        ("call", "unanswered", ""),
    ]
    bodies = list(Note.objects.order_by("at").values_list("body", flat=True))
    assert bodies == ["Demo", "Wants ovens\nRating: 5 stars"]
    [task] = Task.objects.all()
    assert (task.title, task.done_at) == ("Ring her", datetime(2025, 1, 19, 23, tzinfo=UTC))


def test_a_mail_of_theirs_is_no_answer_of_ours(run_known, hubspot):
    text = read("activities").replace("a2,Call", "a2,Incoming Email")
    hubspot["activities"].write_text(text)

    run_known(*hubspot.values())

    mail = Activity.objects.get(kind="mail")
    assert (mail.outcome, mail.direction) == ("received", "theirs")


def test_the_same_files_again_are_all_unchanged(run_known, hubspot):
    first = run_known(*hubspot.values())["totals"]["created"]

    totals = run_known(*hubspot.values())["totals"]

    assert totals == {"created": 0, "updated": 0, "unchanged": first, "failed": 0}


def test_who_was_here_before_is_filled_up_and_not_overwritten(run_known, hubspot):
    lena = a_person(full_name="Helene Fischer", emails=["LENA@halden.example"])

    data = run_known(hubspot["contacts"])

    assert made(data)["person"] == 2
    lena.refresh_from_db()
    assert (lena.full_name, lena.custom) == ("Helene Fischer", {"shoe_size": "41"})
    assert data["conflicts"] == [
        {
            "file": "contacts.csv",
            "line": 2,
            "name": "Lena Fischer",
            "field": "first_name",
            "ours": "Helene",
            "theirs": "Lena",
        }
    ]
    hubspot["contacts"].write_text(read("contacts").replace(",41,", ",42,"))
    assert run_known(hubspot["contacts"])["objects"]["person"]["updated"] == 1


def test_columns_may_stand_in_any_order_and_case(run_known, hubspot):
    rows = [line.split(",") for line in read("companies").lower().splitlines()]
    hubspot["companies"].write_text("\n".join(",".join(reversed(row)) for row in rows))

    run_known(hubspot["companies"])

    assert Company.objects.get().employee_count == 40


def test_ids_link_before_addresses_and_the_first_of_several_counts(run_known, hubspot, tmp_path):
    run_known(hubspot["contacts"])
    path = tmp_path / "more.csv"
    path.write_text(
        "Record ID,Deal Name,Deal Stage,Associated Contact IDs,Associated Contact Email\n"
        "d9,Lids,appointmentscheduled,c2;c1,lena@halden.example\n"
    )

    run_known(path)

    deal = Deal.objects.get()
    assert (str(deal.person), deal.stage.name) == ("Jonas Weil", "Appointment Scheduled")
    assert deal.stage.pipeline.name == "HubSpot"
    assert [str(one.person) for one in deal.parts.all()] == ["Lena Fischer"]

    path.write_text(path.read_text().replace("c2;c1", "c2;c1;c404"))
    [error] = run_known(path, code=3)["errors"]
    assert error["column"] == "Associated Contact IDs"
    assert "There is no person “c404”" in error["message"]


def test_a_link_to_nobody_fails_its_row(run_known, hubspot):
    data = run_known(hubspot["contacts"], hubspot["activities"], hubspot["deals"], code=0)
    assert data["errors"] == []
    hubspot["activities"].write_text(
        read("activities").replace("a1,", "a9,").replace("lena@", "nobody@", 1)
    )

    data = run_known(hubspot["activities"], code=3)

    [error] = data["errors"]
    assert error["column"] == "Associated Contact Email"
    assert "There is no person “nobody@halden.example”" in error["message"]


def test_a_file_of_another_kind_is_refused_in_one_sentence(run_known, hubspot, tmp_path):
    stranger = tmp_path / "stock.csv"
    stranger.write_text("Shelf,Count\nA,4\n")

    data = run_known(hubspot["contacts"], stranger, code=2)

    assert data["refused"] == (
        "stock.csv is no file of HubSpot, as the others are. Import it by itself."
    )
    assert Person.objects.count() == 0
