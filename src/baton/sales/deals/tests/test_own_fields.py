"""Own fields of deals: asked by stages, required, begun with, and what rules refuse."""

from decimal import Decimal

import pytest
from django.urls import reverse

from baton.core.fields.actions import NotAccepted, trash_fields
from baton.core.fields.models import ValidationRule
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import a_field
from baton.records.people.tests.factories import a_person
from baton.sales.deals.actions import (
    GateClosed,
    PipelineRefused,
    assign_owner,
    edit_deal,
    move_deal,
    set_gate,
    win_deal,
)
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.queries import gaps_of
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PLANTS = [Option("hydro", "Hydro"), Option("wind", "Wind")]


def a_plant(**over):
    usual = {"object_type": "deal", "kind": "choice", "options": PLANTS}
    return a_field("Plant", **{**usual, **over})


def a_rule(**condition):
    return ValidationRule.objects.create(
        object_type="deal", message="Large deals need a next step.", condition=condition
    )


LARGE = {"field": "deal.amount", "op": ">", "value": 1000}
NO_STEP = {"field": "deal.next_step", "op": "is_empty"}


def next_stage(deal):
    stages = Stage.objects.filter(pipeline=deal.stage.pipeline_id, kind="open")
    return stages.order_by("position")[1]


def test_stage_asks_for_an_own_field(rep):
    a_plant()
    deal = a_deal(by=rep)
    stage = set_gate(stage=next_stage(deal), asked=["custom.plant"])

    with pytest.raises(GateClosed, match="asks for more") as closed:
        move_deal(deal=deal, stage=stage, by=rep, at=AT)
    values = {"custom": {"plant": "wind"}}
    moved = move_deal(deal=deal, stage=stage, by=rep, at=AT, values=values)

    assert closed.value.fields == ("custom.plant",)
    assert (moved.stage, moved.custom) == (stage, {"plant": "wind"})


def test_stage_asks_for_no_field_that_is_gone(rep):
    field, deal = a_plant(), a_deal(by=rep)
    stage = set_gate(stage=next_stage(deal), asked=["custom.plant"])
    trash_fields(field_ids=[field.pk], by=None, at=AT)

    assert gaps_of(deal, stage) == []
    with pytest.raises(PipelineRefused):
        set_gate(stage=stage, asked=["custom.plant"])


def test_gate_of_a_stage_offers_own_fields_and_the_move_asks_for_them(admin, rep, signed_in):
    a_plant()
    deal = a_deal(by=rep)
    stage = next_stage(deal)
    signed_in(admin).post(
        reverse("deals:stage-gate", args=[stage.key]),
        {"asked": "custom.plant", "version": stage.version},
    )
    move, browser = reverse("deals:move", args=[deal.key]), signed_in(rep)

    asked = browser.post(move, {"stage": stage.key}).content.decode()
    browser.post(move, {"stage": stage.key, "asked": "1", "custom.plant": "hydro"})

    deal.refresh_from_db()
    assert 'name="custom.plant"' in asked
    assert (deal.stage, deal.custom) == (stage, {"plant": "hydro"})


def test_won_asks_for_an_own_field_in_its_form(rep, signed_in):
    a_plant()
    deal = a_deal(by=rep)
    won = Stage.objects.get(pipeline=deal.stage.pipeline_id, kind="won")
    set_gate(stage=won, asked=["custom.plant"])
    win, browser = reverse("deals:win", args=[deal.key]), signed_in(rep)

    bare = browser.post(win, {"version": deal.version})
    browser.post(win, {"version": deal.version, "custom.plant": "wind"})

    deal.refresh_from_db()
    assert (bare.status_code, deal.state, deal.custom) == (422, "won", {"plant": "wind"})


def test_deal_is_opened_with_what_is_required(rep, signed_in, api_client):
    a_deal(by=rep)
    a_plant(required_for=["rep"])
    person = a_person(owner=rep)
    new = f"{reverse('deals:new')}?person={person.key}"
    typed = {"name": "Plant 2", "currency": "EUR", "owner": rep.pk}
    typed["stage"] = Stage.objects.filter(kind="open").order_by("position")[0].key
    sent = {"name": "Plant 3", "person": str(person.key)}

    bare = signed_in(rep).post(new, typed)
    signed_in(rep).post(new, {**typed, "custom.plant": "wind"})
    refused = api_client(rep).post("/api/v1/deals/", sent, "application/json")
    opened = api_client(rep).post(
        "/api/v1/deals/", {**sent, "custom": {"plant": "Hydro"}}, "application/json"
    )

    assert (bare.status_code, refused.status_code, opened.status_code) == (422, 409, 201)
    assert opened.json()["custom"] == {"plant": "hydro"}
    assert Deal.objects.get(name="Plant 2").custom == {"plant": "wind"}


def test_own_fields_are_edited_over_the_api(rep, api_client):
    a_plant()
    deal = a_deal(by=rep)
    url, client = f"/api/v1/deals/{deal.key}/", api_client(rep)

    saved = client.patch(url, {"version": 1, "custom": {"plant": "wind"}}, "application/json")
    unknown = client.patch(url, {"version": 2, "custom": {"size": "1"}}, "application/json")

    assert (saved.json()["custom"], unknown.status_code) == ({"plant": "wind"}, 422)


def test_rule_refuses_edits_moves_and_ends(rep):
    deal = a_deal(by=rep, amount=Decimal(900))
    a_rule(all=[LARGE, NO_STEP])

    for act in (
        lambda: edit_deal(deal=deal, values={"amount": Decimal(2000)}, by=rep, at=AT),
        lambda: win_deal(deal=deal, amount=Decimal(2000), by=rep, at=AT),
        lambda: a_deal(by=rep, amount=Decimal(2000)),
    ):
        with pytest.raises(NotAccepted, match="need a next step"):
            act()

    deal.refresh_from_db()
    assert (deal.amount, deal.state, Deal.objects.count()) == (900, "open", 1)


def test_move_is_judged_by_how_it_leaves_the_deal(rep):
    deal = a_deal(by=rep, amount=Decimal(900))
    stage = next_stage(deal)
    first = {"field": "deal.stage", "op": "is", "value": deal.stage_id}
    a_rule(all=[LARGE, first])

    moved = move_deal(deal=deal, stage=stage, by=rep, at=AT, values={"amount": Decimal(2000)})

    assert (moved.amount, moved.stage) == (2000, stage)


def test_many_deals_the_refused_stay_as_they_were(rep, colleague, admin, signed_in):
    good = a_deal(by=rep, amount=Decimal(2000), next_step="Call")
    bad = a_deal(by=rep, amount=Decimal(2000))
    a_rule(all=[LARGE, NO_STEP])
    act, browser = reverse("editing:act", args=["deals", "owner"]), signed_in(admin)
    typed = {"value-owner": colleague.pk}

    some = browser.post(act, {**typed, "row": [good.key, bad.key]}, follow=True)
    none = browser.post(act, {**typed, "row": [bad.key]}, follow=True)

    owners = list(Deal.objects.order_by("pk").values_list("owner", flat=True))
    assert owners == [colleague.pk, rep.pk]
    assert "1 stays as it was." in some.content.decode()
    assert "Large deals need a next step." in none.content.decode()
    with pytest.raises(NotAccepted):
        assign_owner(deal=bad, owner=colleague, by=rep, at=AT)
