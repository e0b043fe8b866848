"""A file is read once, people are written once, and of each line little is kept."""

import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from baton.core.fields.models import ValidationRule
from baton.core.keys import new_key
from baton.core.offers import ImportRun
from baton.operations.exchange.actions import checking, linking
from baton.operations.exchange.actions.checking import Checking
from baton.operations.exchange.actions.linking import Linking
from baton.operations.exchange.actions.matching import plan
from baton.operations.exchange.actions.recognising import recipe_for
from baton.operations.exchange.actions.said import Said
from baton.operations.exchange.rules import reading
from baton.operations.exchange.rules.tally import Tally
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MOST = 400  # bytes of a line: numbers, no words


def contact(number, **more):
    usual = {"Record ID": number, "First Name": f"Ann {number}", "Last Name": "Berg"}
    usual |= {"Email": f"ann{number}@halden.example", "Company Name": f"Halden {number // 10}"}
    return usual | {"Lifecycle Stage": "marketingqualifiedlead", "Create Date": "2026-01-05"} | more


def test_new_people_are_written_with_the_stage_they_come_in(run_known, write):
    file = write("contacts", *(contact(number) for number in range(3)))

    with CaptureQueriesContext(connection) as asked:
        run_known(file)

    changed = [one["sql"] for one in asked if 'UPDATE "people_person"' in one["sql"]]
    assert changed == []
    read = [one["sql"] for one in asked if 'FROM "lifecycle_stagechange"' in one["sql"]]
    assert read == []  # whoever is made now has no history to look at
    stages = Person.objects.values_list("stage", "stage_at", "lead_at").distinct()
    [(stage, stage_at, lead_at)] = stages
    assert (stage, stage_at == lead_at) == ("mql", True)
    assert set(StageChange.objects.values_list("to_stage", flat=True)) == {"lead", "mql"}


def test_row_is_judged_with_the_stage_it_brings(run_known, write):
    ValidationRule.objects.create(
        object_type="person",
        message="An MQL has a title.",
        condition={
            "all": [
                {"field": "person.stage", "op": "is", "value": "mql"},
                {"field": "person.job_title", "op": "is_empty"},
            ]
        },
    )
    file = write("contacts", contact(1), contact(2, **{"Lifecycle Stage": "lead"}))

    data = run_known(file, code=3)

    assert [(one["line"], one["message"]) for one in data["errors"]] == [(2, "An MQL has a title.")]


def test_file_is_read_once_for_all_that_its_lines_bring(run_known, write, monkeypatch):
    read: list[str] = []
    lines = reading.Sheet.lines

    def noted(self):
        read.append(self.name)
        return lines(self)

    monkeypatch.setattr(reading.Sheet, "lines", noted)
    file = write("contacts", contact(1), contact(2))

    data = run_known(file)

    assert {kind: one["created"] for kind, one in data["objects"].items()} == {
        "company": 1,
        "person": 2,
    }
    assert read == ["contacts.csv"]


def test_little_is_kept_of_each_line(write, monkeypatch):
    """Half a second: of a few lines alone it would not show."""
    kept: list[tracemalloc.Snapshot] = []
    monkeypatch.setattr(Linking, "fail_links", lambda _self: kept.append(snapshot()))

    for count in (500, 1500):
        look_through(write(f"contacts{count}", *map(contact, range(count))))

    few, many = (sum(trace.size for trace in one.traces) for one in kept)
    assert (many - few) / 1000 < MOST


def snapshot():
    """What the check of a file holds in the end, but for the portions it puts aside."""
    ours = [tracemalloc.Filter(True, str(part.__file__)) for part in (checking, linking)]
    return tracemalloc.take_snapshot().filter_traces(ours)


def look_through(file):
    recipe = recipe_for([file])
    run = ImportRun(
        source="hubspot", at=timezone.now(), batch=new_key(), currency="EUR", joins=True
    )
    jobs = plan([file], recipe)
    tracemalloc.start()
    with Said() as said:
        Checking(recipe, run, Tally(), said).check(jobs, [file])
    tracemalloc.stop()


def test_first_import_of_a_source_does_not_ask_what_it_said_before(run_known, write):
    file = write("contacts", *(contact(number) for number in range(3)))

    asked = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            run_known(file)
        asked.append(sum('SELECT "exchange_importedrow"' in one["sql"] for one in queries))

    assert asked == [2, 4]  # people and companies: when they are written, and when checked
