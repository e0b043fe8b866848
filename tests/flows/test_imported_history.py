"""Years of another system come in: they are counted, and ring no phone. What happens next does."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from baton.core.access.models import Share, User
from baton.core.facts.models import FactRecord
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.tasks import end_rests, escalate_overdue
from baton.records.people.models import Person
from baton.records.timeline.models import Task
from tests.flows.acts import Desk, ask_for_demo, handoff_of, take_guide

pytestmark = pytest.mark.django_db
LEADS = """id,name,mail,role,source,since,qualified,owner
1,Jonas Weil,jonas.weil@corvid.example,Head of energy,email,2024-05-02,2024-05-09,ewa
2,Clara Moreau,clara@sable.example,Head of operations,email,2024-06-11,,
3,Sven Dahl,sven@ember.example,Controller,referral,2024-07-01,2024-07-03,
"""
RECIPE = """
name = "old CRM"
source = "old"
zone = "Europe/Berlin"

[[file]]
label = "leads"

[[file.object]]
type = "user"
key = "owner"

[[file.object]]
type = "person"
key = "id"
dated = "at"

[file.object.fields]
full_name = "name"
email = "mail"
job_title = "role"
origin = { fixed = "marketing" }
channel = "source"
at = "since"
owner = "owner"

[[file.object.stage]]
stage = "mql"
at = "qualified"
"""
CLARA = {"name": "Clara Moreau", "email": "clara@sable.example", "title": "Head of operations"}


@pytest.fixture
def history(house, tmp_path, settle):
    (tmp_path / "leads.csv").write_text(LEADS)
    (tmp_path / "old.toml").write_text(RECIPE)
    with pytest.raises(SystemExit) as left:
        call_command(
            "import", str(tmp_path / "leads.csv"), recipe=tmp_path / "old.toml", stdout=StringIO()
        )
    assert left.value.code == 0
    settle()
    escalate_overdue.call()
    end_rests.call()
    settle()


def test_history_is_counted_and_nobody_is_rung_up(history):
    out = StringIO()
    call_command("report", "closed-loop", by="source", format="json", stdout=out)

    totals = json.loads(out.getvalue())["totals"]
    assert (totals["leads"], totals["mqls"], totals["sals"]) == (3, 2, 0)
    assert [model.objects.count() for model in (Handoff, Share, Task)] == [0, 0, 0]
    assert not FactRecord.objects.filter(name="handoff.offered").exists()
    assert Person.objects.get(full_name="Jonas Weil").score == 25


def test_raised_hand_of_somebody_imported_rings(history, house, clock, settle):
    jonas = ask_for_demo(house, clock)
    settle()

    assert Person.objects.count() == 3
    assert (handoff_of(jonas).lane, handoff_of(jonas).channel) == ("hand_raise", "paid_social")
    jonas.refresh_from_db()
    assert (jonas.channel, jonas.stage) == ("email", "mql")


def test_lead_whose_imported_owner_cannot_sign_in_rings_somebody_who_answers(
    history, house, clock, settle
):
    assert Person.objects.get(full_name="Jonas Weil").owner == User.objects.get(email=None)

    jonas = ask_for_demo(house, clock)
    settle()

    assert handoff_of(jonas).rep == house.nora
    Desk(house.nora).press("handoff:accept", handoff_of(jonas).key)
    jonas.refresh_from_db()
    assert jonas.owner == house.nora


def test_points_of_somebody_imported_as_a_lead_ring(history, house, clock, settle):
    clara = take_guide(house, clock, CLARA)
    settle()

    assert (handoff_of(clara).lane, Handoff.objects.count()) == ("score", 1)
