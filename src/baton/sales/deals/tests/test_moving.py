from datetime import timedelta

import pytest

from baton.core.changes.actions import LostRace, NothingToUndo, undo
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, StageEntry
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)


def stays(deal):
    rows = StageEntry.objects.filter(deal=deal).order_by("pk")
    return list(rows.values_list("stage__name", "entered_at", "left_at"))


def test_move_deal_keeps_history_and_tells_it(company, rep):
    deal = a_deal(by=rep)

    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=LATER)

    deal.refresh_from_db()
    told = FactRecord.objects.get(name="deal.moved")
    assert (deal.stage.name, deal.stage_at, deal.state) == ("Meeting", LATER, "open")
    assert stays(deal) == [("New", AT, LATER), ("Meeting", LATER, None)]
    assert told.payload == {"from_stage": "New", "to_stage": "Meeting"}
    assert (told.person_id, told.actor_id) == (deal.person_id, rep.pk)


def test_move_to_the_stage_where_it_is_changes_nothing(company, rep):
    deal = a_deal(by=rep)

    moved = actions.move_deal(deal=deal, stage=a_stage("New"), by=rep, at=LATER)

    assert moved.version == 1
    assert not FactRecord.objects.filter(name="deal.moved").exists()


def test_two_people_move_one_card_and_the_second_hears_of_the_first(company, rep, colleague):
    deal = a_deal(by=rep)
    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=LATER, version=1)

    with pytest.raises(LostRace, match=r"Teo moved .* to Meeting meanwhile"):
        actions.move_deal(deal=deal, stage=a_stage("Proposal"), by=colleague, at=LATER, version=1)

    assert Deal.objects.get().stage.name == "Meeting"


def test_two_people_move_one_card_to_the_same_stage_without_quarrel(company, rep, colleague):
    deal = a_deal(by=rep)
    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=LATER, version=1)

    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=colleague, at=LATER, version=1)

    assert StageEntry.objects.filter(deal=deal).count() == 2


def test_move_after_an_edit_of_other_fields_is_no_lost_race(company, rep):
    deal = a_deal(by=rep)
    actions.edit_deal(deal=deal, values={"next_step": "Call"}, by=rep, at=LATER)

    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=LATER, version=1)

    assert Deal.objects.get().stage.name == "Meeting"


@pytest.mark.parametrize("name", ["Won", "Lost"])
def test_move_into_a_closing_stage_asks_for_its_form(company, rep, name):
    deal = a_deal(by=rep)

    with pytest.raises(actions.NeedsItsForm):
        actions.move_deal(deal=deal, stage=a_stage(name), by=rep, at=LATER)

    assert Deal.objects.get().state == "open"


def test_move_of_a_closed_deal_is_refused(company, rep):
    deal = actions.win_deal(deal=a_deal(by=rep), by=rep, at=AT)

    with pytest.raises(actions.DealClosed, match=r"closed \(won\)"):
        actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=LATER)


def test_move_into_a_stage_that_somebody_removed_is_refused(company, rep):
    deal = a_deal(by=rep)
    meeting = a_stage("Meeting")
    actions.remove_stage(stage=meeting, move_to=a_stage("New"), by=None, at=AT)

    with pytest.raises(actions.StageGone, match="“Meeting” was removed"):
        actions.move_deal(deal=deal, stage=meeting, by=rep, at=LATER)


def test_move_into_another_pipeline_is_refused(company, rep):
    deal = a_deal(by=rep)
    other = actions.create_pipeline(name="Renewals").stages.order_by("position")[1]

    with pytest.raises(actions.OtherPipeline):
        actions.move_deal(deal=deal, stage=other, by=rep, at=LATER)


def test_move_of_a_deal_in_the_trash_is_refused(company, rep):
    deal = a_deal(by=rep)
    actions.trash_deals(deal_ids=[deal.pk], by=rep, at=AT)

    with pytest.raises(actions.DealGone, match="trash"):
        actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=LATER)


def test_undo_of_a_move_takes_the_card_back(company, rep):
    deal, batch = a_deal(by=rep), new_key()
    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=LATER, batch=batch)
    back = LATER + timedelta(minutes=1)

    outcome = undo(batch=batch, by=rep, at=back)

    deal.refresh_from_db()
    assert outcome.record_count == 1
    assert deal.stage.name == "New"
    assert stays(deal) == [("New", AT, LATER), ("Meeting", LATER, back), ("New", back, None)]


def test_undo_of_a_move_leaves_a_later_move_alone(company, rep):
    deal, batch = a_deal(by=rep), new_key()
    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=LATER, batch=batch)
    actions.move_deal(deal=deal, stage=a_stage("Proposal"), by=rep, at=LATER)

    with pytest.raises(NothingToUndo):
        undo(batch=batch, by=rep, at=LATER)

    assert Deal.objects.get().stage.name == "Proposal"
