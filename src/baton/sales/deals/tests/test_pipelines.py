from datetime import timedelta

import pytest

from baton.core.changes.actions import LostRace
from baton.core.facts.models import FactRecord
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, Stage, StageEntry
from baton.sales.deals.queries import stages_of
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)


def names():
    return [stage.name for stage in stages_of(actions.ensure_default_pipeline())]


def test_added_stage_stands_before_won():
    pipeline = actions.ensure_default_pipeline()

    stage = actions.add_stage(pipeline=pipeline, name=" Legal ", probability=90)

    assert (stage.name, stage.kind, stage.probability) == ("Legal", "open", 90)
    assert names()[-3:] == ["Legal", "Won", "Lost"]


@pytest.mark.parametrize(
    ("name", "by_places", "order"),
    [
        ("Meeting", -1, ["New", "Meeting", "Qualified", "Proposal", "Negotiation"]),
        ("Meeting", 1, ["New", "Qualified", "Proposal", "Meeting", "Negotiation"]),
        ("New", -1, ["New", "Qualified", "Meeting", "Proposal", "Negotiation"]),
        ("Negotiation", 1, ["New", "Qualified", "Meeting", "Proposal", "Negotiation"]),
    ],
)
def test_shift_stage_moves_among_the_open_ones(name, by_places, order):
    stage = a_stage(name)

    actions.shift_stage(stage=stage, by_places=by_places)

    assert names() == [*order, "Won", "Lost"]


def test_shift_of_a_closing_stage_is_refused():
    with pytest.raises(actions.PipelineRefused):
        actions.shift_stage(stage=a_stage("Won"), by_places=-1)


def test_probability_of_won_stays_whatever_is_sent():
    won = actions.edit_stage(stage=a_stage("Won"), name="Signed", probability=5)

    assert (won.name, won.probability) == ("Signed", 100)


def test_second_editor_of_a_stage_loses_the_race():
    stage = a_stage("Meeting")
    actions.edit_stage(stage=stage, name="Demo", probability=45, version=1)

    with pytest.raises(LostRace):
        actions.edit_stage(stage=stage, name="Call", probability=45, version=1)


@pytest.mark.parametrize(("name", "probability"), [("", 50), ("Demo", 101), ("Demo", -1)])
def test_edit_stage_refuses(name, probability):
    with pytest.raises(actions.PipelineRefused):
        actions.edit_stage(stage=a_stage("Meeting"), name=name, probability=probability)


def test_remove_stage_moves_its_deals_also_those_in_the_trash(company, rep):
    meeting, new = a_stage("Meeting"), a_stage("New")
    deal = a_deal(by=rep, stage=meeting)
    trashed = a_deal(by=rep, stage=meeting)
    actions.trash_deals(deal_ids=[trashed.pk], by=rep, at=AT)

    count = actions.remove_stage(stage=meeting, move_to=new, by=rep, at=LATER)

    deal.refresh_from_db()
    trashed.refresh_from_db()
    assert count == 1
    assert (deal.stage, trashed.stage) == (new, new)
    assert (deal.version, deal.stage_version, deal.stage_at) == (2, 2, LATER)
    assert list(FactRecord.objects.filter(name="deal.moved").values_list("deal_id", flat=True)) == [
        deal.pk
    ]
    assert StageEntry.objects.filter(deal=deal, left_at=None).get().stage == new
    assert Stage.objects.get(pk=meeting.pk).deleted_at == LATER
    assert "Meeting" not in names()


@pytest.mark.parametrize(
    ("name", "move_to"), [("Won", "New"), ("Meeting", "Lost"), ("Meeting", "Meeting")]
)
def test_remove_stage_refuses_what_would_break_the_pipeline(name, move_to):
    with pytest.raises(actions.PipelineRefused):
        actions.remove_stage(stage=a_stage(name), move_to=a_stage(move_to), by=None, at=LATER)

    assert Stage.objects.living().count() == 7


def test_remove_stage_into_another_pipeline_is_refused():
    meeting = a_stage("Meeting")
    other = actions.create_pipeline(name="Renewals")

    with pytest.raises(actions.PipelineRefused):
        actions.remove_stage(stage=meeting, move_to=other.stages.all()[0], by=None, at=LATER)


def test_pipeline_with_deals_and_the_only_one_stay(company, rep):
    pipeline = actions.ensure_default_pipeline()
    with pytest.raises(actions.PipelineRefused, match="only"):
        actions.trash_pipeline(pipeline=pipeline, at=LATER)
    actions.create_pipeline(name="Renewals")
    a_deal(by=rep)

    with pytest.raises(actions.PipelineRefused, match="deals"):
        actions.trash_pipeline(pipeline=pipeline, at=LATER)

    assert Deal.objects.get().stage.pipeline == pipeline


def test_two_pipelines_cannot_share_a_name():
    actions.ensure_default_pipeline()

    with pytest.raises(actions.PipelineRefused, match="already"):
        actions.create_pipeline(name="new BUSINESS")
