from datetime import UTC, datetime
from decimal import Decimal

import pytest

from baton.core.access.models import User
from baton.core.facts.models import FactRecord
from baton.core.fields.models import FieldDefinition, ValidationRule
from baton.operations.exchange.models import Import
from baton.operations.exchange.tests.conftest import LEADS
from baton.qualification.handoff.models import Handoff
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Product
from baton.sales.deals.models import Deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def counts(data):
    return {kind: found["created"] for kind, found in data["objects"].items()}


def snapshot():
    """What an import leaves behind, without what every run stamps anew."""
    models = (Person, Company, Product, Deal, User, StageChange, FactRecord)
    return [model.objects.count() for model in models]


def test_files_become_linked_records_with_their_dates(run_import, files):
    data = run_import(files["leads"], files["deals"])

    assert data["errors"] == []
    assert counts(data) == {"user": 2, "product": 1, "company": 2, "person": 3, "deal": 4}
    lena = Person.objects.get(full_name="Lena Fischer")
    assert (lena.origin, lena.channel, lena.stage) == ("marketing", "search", "customer")
    assert lena.custom == {"size": "40"}
    won, talking = Deal.objects.filter(name__contains="Halden").get(), Deal.objects.get(name="B")
    assert (won.person, won.company, won.owner) == (
        lena,
        Company.objects.get(name="Halden Foods"),
        User.objects.get(name="Teo"),
    )
    assert (won.state, won.base_amount) == ("won", Decimal("5000.50"))
    assert won.closed_at == datetime(2026, 2, 9, 23, tzinfo=UTC)  # midnight in Berlin
    assert (talking.stage.name, talking.amount, talking.company) == ("Meeting", 1200, None)
    assert Deal.objects.get(name="D").opened_at is None
    assert Deal.objects.filter(lines__product__name="MeterPro").count() == 4
    assert FieldDefinition.objects.get(code="size").kind == "number"


def test_empty_is_not_unknown_and_users_cannot_sign_in(run_import, files):
    run_import(files["leads"], files["deals"])

    channels = Person.objects.order_by("pk").values_list("channel", flat=True)
    assert list(channels) == ["search", "", "unknown"]
    teo = User.objects.get(name="Teo")
    assert (teo.email, teo.has_usable_password(), str(teo.team)) == (None, False, "Field")
    assert teo.external_ids.get().external_id == "Teo"


def test_history_comes_at_its_time_and_rings_no_phone(run_import, files, run_background):
    run_import(files["leads"], files["deals"])
    run_background()

    lena = Person.objects.get(full_name="Lena Fischer")
    reached = lena.stage_changes.order_by("place").values_list("to_stage", flat=True)
    assert list(reached) == ["lead", "mql", "opportunity", "customer"]
    assert set(FactRecord.objects.values_list("origin", flat=True)) == {"import"}
    assert Handoff.objects.count() == 0


def test_the_same_files_again_change_nothing(run_import, files):
    run_import(files["leads"], files["deals"])
    before = snapshot()

    data = run_import(files["leads"], files["deals"])

    assert data["totals"] == {"created": 0, "updated": 0, "unchanged": 12, "failed": 0}
    assert snapshot() == before
    assert Import.objects.filter(state="done").count() == 2


def test_a_changed_row_updates_its_record_alone(run_import, files):
    run_import(files["leads"], files["deals"])
    text = files["deals"].read_text().replace("Talking,,,", "Done,700,,2026-03-01")
    files["deals"].write_text(text.replace("5000.50", "5100"))

    data = run_import(files["leads"], files["deals"])

    assert (data["totals"]["updated"], data["totals"]["unchanged"]) == (2, 10)
    assert Deal.objects.get(name__contains="Halden").amount == 5100
    assert (Deal.objects.get(name="D").state, Deal.objects.get(name="D").amount) == ("won", 700)


def test_empty_cell_leaves_a_custom_field_as_it_is(run_import, files):
    run_import(files["leads"])
    files["leads"].write_text(LEADS.replace(",40\n", ",\n").replace("Fischer", "Fisher"))

    data = run_import(files["leads"])

    assert data["totals"]["updated"] == 1
    assert Person.objects.get(full_name="Lena Fisher").custom == {"size": "40"}
    assert Person.objects.get(full_name="Jonas Weil").custom == {}


def test_what_people_edit_here_survives_the_same_file(run_import, files):
    run_import(files["leads"])
    Person.objects.filter(full_name="Ben Okafor").update(full_name="Benjamin Okafor")

    run_import(files["leads"])

    assert Person.objects.filter(full_name="Benjamin Okafor").exists()


def test_dry_run_says_the_same_and_writes_nothing(run_import, files):
    before = snapshot()

    dry = run_import(files["leads"], files["deals"], more=["--dry-run"])

    assert snapshot() == before
    assert Import.objects.count() == 0
    assert dry["totals"] == run_import(files["leads"], files["deals"])["totals"]


def test_bad_rows_wait_in_a_file_to_mend_and_feed_again(run_import, files, settings):
    bad = files["leads"].read_text().replace("2026-01-06 16:30", "soon")
    files["leads"].write_text(bad)

    data = run_import(files["leads"], code=3)

    assert (data["totals"]["created"], data["totals"]["failed"]) == (2, 1)
    assert data["errors"] == [
        {
            "file": "leads.csv",
            "line": 3,
            "column": "since",
            "message": "“soon” is no date. Write it like 2026-03-01 or 2026-03-01 16:30.",
        }
    ]
    mend = settings.HOME / "imports" / "leads-to-mend.csv"
    lines = mend.read_text().splitlines()
    assert lines[1].startswith("2,Jonas Weil,jonas@orbis.example,,soon,")
    mend.write_text(mend.read_text().replace("soon,", "2026-01-06,", 1))
    assert run_import(mend)["totals"]["created"] == 1
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("A,1,", "A,99,", "lead", "There is no person “99”"),
        (",Done,", ",Maybe,", "stage", "“Maybe” is not known. Use one of: Talking, Done, Gone"),
        ("5000.50", "lots", "value", "“lots” is no number"),
        ("2026-02-10", "", "closed", "needs the day on which it closed"),
        ("5000.50", "-1", "value", "Enter an amount between 0"),
        ("A,1,", "A,1,extra,", "", "has 10 cells, the header 9"),
        ("A,1,", "x" * 201 + ",1,", "deal", "The key holds 201 characters; 200 fit"),
        ("Halden Foods", "x" * 2_000_000, "firm", "holds 2,000,000 characters; 32,000 fit"),
    ],
)
def test_bad_cell_is_named_with_line_column_and_remedy(run_import, files, old, new, column, words):
    files["deals"].write_text(files["deals"].read_text().replace(old, new, 1))

    data = run_import(files["leads"], files["deals"], code=3)

    [error] = data["errors"]
    assert (error["file"], error["line"], error["column"]) == ("deals.csv", 2, column)
    assert words in error["message"]
    assert Deal.objects.count() == 3


def test_row_that_a_rule_refuses_fails_with_its_message(run_import, files):
    ValidationRule.objects.create(
        object_type="person",
        message="Lena is not to come.",
        condition={"field": "person.full_name", "op": "is", "value": "Lena Fischer"},
    )

    data = run_import(files["leads"], code=3)

    assert [error["message"] for error in data["errors"]] == ["Lena is not to come."]
    assert Person.objects.count() == 2


def test_time_of_an_own_field_is_read_in_the_zone_of_the_recipe(run_import, files, recipe):
    plain = recipe.read_text()
    size = '{ column = "size", kind = "number", label = "Size" }'
    recipe.write_text(plain.replace(size, '{ column = "since", kind = "moment" }'))

    run_import(files["leads"])

    kept = Person.objects.get(full_name="Lena Fischer").custom["size"]
    assert (kept[-1], len(kept)) == ("Z", 20)
