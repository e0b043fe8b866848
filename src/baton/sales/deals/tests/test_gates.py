"""What stages ask for before they let a deal in: by every door, and never of history."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.keys import new_key
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.rules import Asked
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HTMX = {"hx-request": "true", "hx-current-url": "http://testserver/deals/?whose=mine"}


@pytest.fixture
def proposal():
    asked = [Asked.NEXT_STEP, Asked.AMOUNT, Asked.DECISION_MAKER]
    return actions.set_gate(stage=a_stage("Proposal"), asked=asked)


@pytest.fixture
def deal(rep):
    lead = a_person(full_name="Jonas Berg", company=a_company(name="Northwind"), owner=rep)
    return a_deal(by=rep, name="120 sensors", person=lead, amount=Decimal(48_000))


def url(name, *args):
    return reverse(f"deals:{name}", args=args)


def stands(deal):
    fresh = Deal.objects.get(pk=deal.pk)
    return fresh.stage.name, fresh.next_step, fresh.decision_maker


def test_move_to_a_stage_that_asks_names_what_is_missing(deal, rep, proposal):
    with pytest.raises(actions.GateClosed) as refusal:
        actions.move_deal(deal=deal, stage=proposal, by=rep, at=AT)

    assert refusal.value.fields == ("next_step", "decision_maker")
    said = "Proposal asks for more of “120 sensors”: Next step, Decision maker."
    assert str(refusal.value) == said
    assert stands(deal) == ("New", "", "")


@pytest.mark.parametrize("blank", ["", "  ", None])
def test_blanks_fill_no_gate(deal, rep, proposal, blank):
    values = {"next_step": "Call", "decision_maker": blank}

    with pytest.raises(actions.GateClosed):
        actions.move_deal(deal=deal, stage=proposal, by=rep, at=AT, values=values)

    assert stands(deal) == ("New", "", "")


def test_what_was_asked_is_written_with_the_move_and_taken_back_with_it(deal, rep, proposal):
    values, batch = {"next_step": "Send it", "decision_maker": "Ann Lee"}, new_key()

    actions.move_deal(deal=deal, stage=proposal, by=rep, at=AT, values=values, batch=batch)
    assert stands(deal) == ("Proposal", "Send it", "Ann Lee")

    undo(batch=batch, by=rep, at=AT + timedelta(minutes=1))
    assert stands(deal) == ("New", "", "")


def test_undo_leads_back_into_a_stage_that_asks_by_now(deal, rep):
    batch = new_key()
    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=AT, batch=batch)
    actions.set_gate(stage=a_stage("New"), asked=[Asked.NEED])

    undo(batch=batch, by=rep, at=AT + timedelta(minutes=1))

    assert stands(deal)[0] == "New"


def test_win_and_loss_are_asked_by_their_stages(deal, rep):
    actions.set_gate(stage=a_stage("Won"), asked=[Asked.REASON, Asked.NEED])
    actions.set_gate(stage=a_stage("Lost"), asked=[Asked.OBJECTION])

    with pytest.raises(actions.GateClosed) as won:
        actions.win_deal(deal=deal, by=rep, at=AT)
    with pytest.raises(actions.GateClosed) as lost:
        actions.lose_deal(deal=deal, by=rep, at=AT, reason="price")
    assert (won.value.fields, lost.value.fields) == (("reason", "need"), ("objection",))

    actions.win_deal(deal=deal, by=rep, at=AT, reason="speed", need="Less waste")
    fresh = Deal.objects.get()
    assert (fresh.state, fresh.reason, fresh.need) == ("won", "speed", "Less waste")


def test_closed_deal_comes_back_where_it_was_but_no_further(deal, rep, proposal):
    actions.lose_deal(deal=deal, by=rep, at=AT, reason="price")
    actions.set_gate(stage=a_stage("New"), asked=[Asked.NEED])

    with pytest.raises(actions.GateClosed):
        actions.reopen_deal(deal=deal, stage=proposal, by=rep, at=AT)
    actions.reopen_deal(deal=deal, by=rep, at=AT)

    assert stands(deal)[0] == "New"


def test_deal_opened_in_a_stage_of_choice_is_asked(rep, proposal):
    with pytest.raises(actions.GateClosed):
        a_deal(by=rep, stage=proposal)

    opened = a_deal(by=rep, stage=proposal, next_step="Call", decision_maker="Ann Lee")
    assert opened.stage == proposal


def test_stage_asks_only_for_what_its_kind_can():
    with pytest.raises(actions.PipelineRefused):
        actions.set_gate(stage=a_stage("New"), asked=["reason"])
    with pytest.raises(actions.PipelineRefused):
        actions.set_gate(stage=a_stage("New"), asked=["owner"])

    assert Stage.objects.get(name="New").asked == []


def test_api_names_the_fields_that_lack(deal, rep, proposal, api_client):
    client = api_client(rep)
    address = f"/api/v1/deals/{deal.key}/"

    refused = client.post(f"{address}move/", {"stage": str(proposal.key)}, "application/json")
    assert refused.status_code == 409
    assert refused.json()["fields"] == ["next_step", "decision_maker"]

    patch = {"version": 1, "next_step": "Send it", "decision_maker": "Ann Lee"}
    client.patch(address, patch, "application/json")
    moved = client.post(f"{address}move/", {"stage": str(proposal.key)}, "application/json")
    assert moved.json()["stage"]["asked"] == ["amount", "next_step", "decision_maker"]


def test_board_asks_for_what_is_missing_in_the_dialog(deal, rep, proposal, signed_in):
    address = f"{url('move', deal.key)}?version=1"

    answer = signed_in(rep).post(address, {"stage": proposal.key}, headers=HTMX)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert '<hx-partial hx-target="#dialog">' in html
    assert 'name="next_step"' in html
    assert 'name="decision_maker"' in html
    assert 'name="amount"' not in html
    assert stands(deal)[0] == "New"


def test_board_moves_with_what_was_asked(deal, rep, proposal, signed_in):
    client = signed_in(rep)
    sent = {"stage": proposal.key, "asked": "1", "version": "1", "next_step": "Send it"}

    short = client.post(url("move", deal.key), sent, headers=HTMX)
    assert short.status_code == 422
    assert "This stage asks for it." in short.content.decode()

    sent["decision_maker"] = "Ann Lee"
    done = client.post(url("move", deal.key), sent, headers=HTMX)
    html = done.content.decode()
    assert '<hx-partial hx-target=".board"' in html
    assert "“Northwind” is in Proposal now." in html
    assert stands(deal) == ("Proposal", "Send it", "Ann Lee")
    assert url("undo", Change.objects.latest("pk").batch) in html


def test_question_is_a_page_without_script(deal, rep, proposal, signed_in):
    client = signed_in(rep)
    address = f"{url('move', deal.key)}?from=page"

    page = client.post(address, {"stage": proposal.key})
    sent = {"stage": proposal.key, "asked": "1", "next_step": "Call", "decision_maker": "Ann"}
    moved = client.post(address, sent)

    assert "<h1" in page.content.decode()
    assert "Save and move" in page.content.decode()
    assert moved["Location"] == deal.get_absolute_url()
    assert stands(deal)[0] == "Proposal"


def test_question_that_somebody_else_answered_meanwhile_moves_the_deal(
    deal, rep, proposal, signed_in
):
    values = {"next_step": "Call", "decision_maker": "Ann Lee"}
    actions.edit_deal(deal=deal, values=values, by=rep, at=AT)
    sent = {"stage": proposal.key, "asked": "1", "version": "1", "next_step": "Write"}

    signed_in(rep).post(url("move", deal.key), sent, headers=HTMX)

    assert stands(deal) == ("Proposal", "Call", "Ann Lee")  # theirs stays


def test_question_of_a_lost_race_says_who_was_faster(deal, rep, proposal, signed_in):
    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=AT)
    sent = {"stage": proposal.key, "asked": "1", "version": "1"}
    sent |= {"next_step": "Call", "decision_maker": "Ann"}

    answer = signed_in(rep).post(url("move", deal.key), sent, headers=HTMX)

    assert answer.status_code == 422
    assert "Teo moved" in answer.content.decode()
    assert stands(deal)[0] == "Meeting"


def test_closing_form_asks_for_what_its_stage_wants(deal, rep, signed_in):
    actions.set_gate(stage=a_stage("Lost"), asked=[Asked.OBJECTION, Asked.COMPETITOR])
    actions.set_gate(stage=a_stage("Won"), asked=[Asked.NEED])
    client = signed_in(rep)

    form = client.get(url("win", deal.key)).content.decode()
    refused = client.post(url("lose", deal.key), {"reason": "price", "competitor": "Acme"})
    client.post(url("win", deal.key), {"reason": "speed", "need": "Less waste"})

    assert 'name="need"' in form
    assert (refused.status_code, "This stage asks for it." in refused.content.decode()) == (
        422,
        True,
    )
    fresh = Deal.objects.get()
    assert (fresh.state, fresh.need) == ("won", "Less waste")


def test_settings_keep_what_a_stage_asks_for(admin, rep, signed_in):
    stage = a_stage("Proposal")
    address = url("stage-gate", stage.key)
    client = signed_in(admin)

    page = client.get(address).content.decode()
    saved = client.post(address, {"version": "1", "asked": ["next_step", "amount"]})
    late = client.post(address, {"version": "1", "asked": []})
    wrong = client.post(address, {"asked": ["owner"]})

    assert "A deal needs" in page
    assert saved["Location"] == url("pipelines")
    assert (late.status_code, wrong.status_code) == (422, 422)
    assert Stage.objects.get(pk=stage.pk).asked == ["amount", "next_step"]
    assert "Asks for 2" in client.get(url("pipelines")).content.decode()
    assert signed_in(rep).get(address).status_code == 403


def test_bulk_moves_those_that_have_what_is_asked(deal, rep, proposal, signed_in):
    ready = a_deal(by=rep, next_step="Call", decision_maker="Ann Lee")
    sent = {"row": [deal.key, ready.key], "value-stage": proposal.key}

    signed_in(rep).post("/bulk/deals/stage/", sent)

    assert (stands(deal)[0], stands(ready)[0]) == ("New", "Proposal")
