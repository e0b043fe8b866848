"""Files with a row for each move: what was written is what the verdicts say."""

from datetime import timedelta
from uuid import uuid4

import pytest

from baton.core.access.models import User
from baton.core.offers import ImportRow, ImportRun
from baton.qualification.lifecycle.imports import check_stages, upsert_stages
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
RUN = ImportRun(source="crm", at=AT, batch=uuid4(), currency="EUR")


def row(stage="mql", at=AT, **more):
    return ImportRow(key=f"{stage} {at}", values={"person": "1", "stage": stage, "at": at, **more})


@pytest.fixture(autouse=True)
def ann():
    return a_person(external_ids={"crm": "1"})


def test_move_that_is_no_news_is_unchanged(ann):
    earlier = AT - timedelta(days=1)
    rows = [row(), row(), row(stage="lead", at=earlier), row(stage="lead"), row(person="9")]

    verdicts = upsert_stages(rows, RUN)

    told = [verdict.status.value for verdict in verdicts]
    assert told == ["created", "unchanged", "created", "unchanged", "failed"]
    assert StageChange.objects.filter(person=ann).count() == 2
    assert {verdict.status.value for verdict in upsert_stages(rows[:4], RUN)} == {"unchanged"}


def test_owner_whom_nobody_knows_becomes_a_user():
    upsert_stages([row(owner="teo")], RUN)

    assert StageChange.objects.get().owner == User.objects.get(name="teo")


def test_row_without_person_stage_or_date_is_told_before_it_is_written():
    found = check_stages(RUN)([row(), row(person=None), row(stage=None), row(at=None)])

    assert {place: verdict.field for place, verdict in found.items()} == {
        1: "person",
        2: "stage",
        3: "at",
    }
