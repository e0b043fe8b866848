from datetime import timedelta
from decimal import Decimal

import pytest

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.core.money.actions import set_rate
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, Pipeline, StageEntry
from baton.sales.deals.tests.factories import a_deal, a_stage

pytestmark = pytest.mark.django_db


def facts_of(deal):
    return list(
        FactRecord.objects.filter(deal_id=deal.pk).order_by("pk").values_list("name", flat=True)
    )


def test_default_pipeline_is_made_once():
    first = actions.ensure_default_pipeline()
    again = actions.ensure_default_pipeline()

    assert first == again
    assert list(first.stages.order_by("position").values_list("name", "probability", "kind")) == [
        ("New", 10, "open"),
        ("Qualified", 25, "open"),
        ("Meeting", 40, "open"),
        ("Proposal", 60, "open"),
        ("Negotiation", 80, "open"),
        ("Won", 100, "won"),
        ("Lost", 0, "lost"),
    ]


def test_open_deal_from_a_lead_links_company_and_makes_an_opportunity(company, rep):
    lead = a_person(company=a_company(), owner=rep)

    deal = actions.open_deal(name=" Pilot ", person=lead, by=rep, at=AT, amount=Decimal(500))

    lead.refresh_from_db()
    assert (deal.name, deal.company, deal.owner, deal.stage.name) == (
        "Pilot",
        lead.company,
        rep,
        "New",
    )
    assert (deal.currency, deal.base_amount, deal.opened_at) == ("EUR", Decimal(500), AT)
    assert lead.stage == "opportunity"
    assert facts_of(deal) == ["deal.opened"]
    assert StageEntry.objects.filter(deal=deal, left_at=None, entered_at=AT).count() == 1


def test_open_deal_twice_with_one_token_opens_one(company, rep):
    lead = a_person(owner=rep)

    first = actions.open_deal(name="Pilot", person=lead, by=rep, at=AT, client_token="click")
    second = actions.open_deal(name="Pilot", person=lead, by=rep, at=AT, client_token="click")

    assert first == second
    assert Deal.objects.count() == 1
    assert facts_of(first) == ["deal.opened"]


def test_token_of_another_user_gives_no_foreign_deal(company, rep, outsider):
    mine = actions.open_deal(name="Mine", person=a_person(), by=rep, at=AT, client_token="click")

    theirs = actions.open_deal(
        name="Theirs", person=a_person(), by=outsider, at=AT, client_token="click"
    )

    assert theirs.pk != mine.pk


def test_open_deal_in_another_currency_knows_its_value_by_the_rate(company, rep):
    set_rate(
        currency="USD", base_currency="EUR", on=AT.date(), rate=Decimal("0.9"), source="x", at=AT
    )

    known = a_deal(by=rep, amount=Decimal(1000), currency="USD")
    unknown = a_deal(by=rep, amount=Decimal(1000), currency="CHF")

    assert (known.base_amount, known.rate_on) == (Decimal("900.00"), AT.date())
    assert (unknown.base_amount, unknown.rate_on) == (None, None)


def test_new_rate_values_open_deals_anew_and_leaves_closed_ones(company, rep):
    set_rate(
        currency="USD", base_currency="EUR", on=AT.date(), rate=Decimal("0.9"), source="x", at=AT
    )
    still_open = a_deal(by=rep, amount=Decimal(1000), currency="USD")
    won = a_deal(by=rep, amount=Decimal(1000), currency="USD")
    actions.win_deal(deal=won, by=rep, at=AT)
    later = AT + timedelta(days=3)
    set_rate(
        currency="USD", base_currency="EUR", on=later.date(), rate=Decimal("0.8"), source="x", at=AT
    )

    count = actions.value_deals(currency="USD", at=later)

    still_open.refresh_from_db()
    won.refresh_from_db()
    assert count == 1
    assert (still_open.base_amount, won.base_amount) == (Decimal(800), Decimal(900))


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": "  "}, actions.NoName),
        ({"name": "Pilot", "person": None}, actions.NobodyToSellTo),
        ({"name": "Pilot", "amount": Decimal(-1)}, actions.BadAmount),
        ({"name": "Pilot", "amount": Decimal("NaN")}, actions.BadAmount),
        ({"name": "Pilot", "amount": Decimal(10) ** 14}, actions.BadAmount),
    ],
)
def test_open_deal_refuses(company, rep, values, refusal):
    lead = a_person()

    with pytest.raises(refusal):
        actions.open_deal(**{"person": lead, "by": rep, "at": AT, **values})

    assert not Deal.objects.exists()


def test_open_deal_begins_in_an_open_stage(company, rep):
    with pytest.raises(actions.NotAnOpenStage):
        a_deal(by=rep, stage=a_stage("Won"))

    assert not Deal.objects.exists()


def test_open_deal_refuses_a_removed_stage(company, rep):
    stage = a_stage("Meeting")
    actions.remove_stage(stage=stage, move_to=a_stage("New"), by=rep, at=AT)

    with pytest.raises(actions.StageGone, match="Meeting"):
        a_deal(by=rep, stage=stage)


def test_undo_of_opening_trashes_the_deal_and_takes_the_person_back(company, rep):
    lead = a_person()
    deal = a_deal(person=lead, by=rep)
    batch = Change.objects.get(object_type="deal", object_id=deal.pk, verb="created").batch

    undo(batch=batch, by=rep, at=AT + timedelta(minutes=1))

    deal.refresh_from_db()
    lead.refresh_from_db()
    assert deal.deleted_at == AT + timedelta(minutes=1)
    assert lead.stage == "lead"


def test_pipelines_are_made_on_first_use():
    assert not Pipeline.objects.exists()

    deal = a_deal()

    assert deal.stage.pipeline.name == "New business"
