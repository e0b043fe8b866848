"""A deal of another system that came before: the file changes what it says, and nothing else."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.core.money.models import Rate
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.tests.factories import a_product
from baton.sales.deals.actions.foreign_deal import ForeignDeal
from baton.sales.deals.actions.importing import import_deals
from baton.sales.deals.actions.pipelines import ensure_default_pipeline
from baton.sales.deals.models import Deal, Stage, StageEntry
from baton.sales.deals.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
LATER = AT + timedelta(days=30)


def stage(kind):
    return Stage.objects.filter(pipeline=ensure_default_pipeline(), kind=kind).first()


def bring(key="7", *, batch=None, **said):
    """One deal under the key; gives what became of it, and the deal."""
    one = ForeignDeal(external_id=key, **{"stage": stage("open"), **said})
    [told] = import_deals(deals=[one], source="crm", at=LATER, batch=batch or uuid4())
    return told.status, Deal.objects.get(external_ids__external_id=key)


def reached(person):
    changes = StageChange.objects.filter(person=person, is_overtaken=False).order_by("place")
    return [(change.to_stage, change.at) for change in changes]


def test_what_a_later_file_does_not_say_stays_as_it_is(rep):
    buyer = a_person(company=a_company(name="Halden"))
    bring(name="Meters", person=buyer, owner=rep, amount=Decimal(500), currency="EUR", opened_at=AT)

    status, deal = bring(stage=stage("won"), closed_at=LATER)

    assert (status, deal.state, deal.closed_at) == ("updated", "won", LATER)
    assert (deal.name, deal.person, deal.owner, deal.amount, deal.opened_at) == (
        "Meters",
        buyer,
        rep,
        500,
        AT,
    )
    assert str(deal.company) == "Halden"


def test_imported_history_is_asked_for_nothing(rep):
    for kind in ("open", "lost"):
        Stage.objects.filter(kind=kind).update(asked=["need", "objection"])

    bring("1", name="Meters", person=a_person(), owner=rep)
    _status, lost = bring("1", stage=stage("lost"), closed_at=LATER)

    assert (lost.state, lost.need, lost.objection) == ("lost", "", "")


def test_need_and_who_decides_come_along_and_stay_until_a_file_says_otherwise(rep):
    bring(need="Lower peaks", decision_maker="Ann Lund", name="Meters", owner=rep)

    status, deal = bring(need="Lower bills")

    assert (status, deal.need, deal.decision_maker) == ("updated", "Lower bills", "Ann Lund")
    [change] = Change.objects.filter(object_type="deal", verb="edited")
    assert (change.before, change.after) == ({"need": "Lower peaks"}, {"need": "Lower bills"})


def test_same_deal_again_is_unchanged_and_writes_nothing(rep):
    said = {"owner": rep, "amount": Decimal(500), "currency": "EUR", "opened_at": AT}
    bring(**said)
    before = (FactRecord.objects.count(), Change.objects.count())

    status, deal = bring(**said)

    assert (status, deal.name) == ("unchanged", "7")
    assert (FactRecord.objects.count(), Change.objects.count()) == before


def test_reason_to_lose_does_not_outlive_the_loss():
    bring(stage=stage("lost"), closed_at=AT, reason="price")

    _status, kept = bring(stage=stage("lost"), closed_at=LATER)
    _status, won = bring(stage=stage("won"), closed_at=LATER)

    assert (kept.reason, won.reason) == ("price", "")


def test_loss_makes_a_lead_of_its_buyer_again_on_the_day_of_the_loss():
    buyer = a_person()

    bring(person=buyer, opened_at=AT, stage=stage("lost"), closed_at=AT + DAY)

    assert reached(buyer) == [("opportunity", AT), ("lead", AT + DAY)]
    buyer.refresh_from_db()
    assert buyer.stage == "lead"


@pytest.mark.parametrize(
    ("other", "present"),
    [
        ({"stage": "open", "opened_at": AT}, "opportunity"),
        ({"stage": "open", "opened_at": AT + 2 * DAY}, "opportunity"),
        ({"stage": "won", "opened_at": AT, "closed_at": AT + DAY}, "customer"),
        ({"stage": "won", "opened_at": AT, "closed_at": AT + 3 * DAY}, "customer"),
        ({"stage": "won", "opened_at": AT - DAY, "closed_at": AT}, "customer"),
        ({"stage": "lost", "opened_at": AT, "closed_at": AT + 3 * DAY}, "lead"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_loss_leaves_a_buyer_with_another_deal_where_that_one_put_them(other, present, is_first):
    buyer = a_person()
    said = {**other, "person": buyer, "stage": stage(other["stage"])}
    lost = {"person": buyer, "opened_at": AT, "stage": stage("lost"), "closed_at": AT + DAY}

    for key, one in [("8", said), ("7", lost)] if is_first else [("7", lost), ("8", said)]:
        bring(key, **one)

    buyer.refresh_from_db()
    assert buyer.stage == present


def test_win_that_a_later_file_calls_lost_takes_the_customer_back():
    buyer = a_person()
    bring(person=buyer, opened_at=AT, stage=stage("won"), closed_at=AT + DAY)

    bring(stage=stage("lost"), closed_at=AT + DAY)

    buyer.refresh_from_db()
    assert buyer.stage == "lead"


def test_customer_by_other_ways_stays_one_after_a_loss():
    buyer = a_person()
    move_person(person_id=buyer.pk, to_stage="customer", at=AT - DAY, cause="by hand")

    bring(person=buyer, opened_at=AT, stage=stage("lost"), closed_at=AT + DAY)

    buyer.refresh_from_db()
    assert buyer.stage == "customer"


def test_other_product_takes_the_place_of_the_one_that_the_file_said_before():
    bring(product=a_product(name="Meter"), amount=Decimal(500), currency="EUR")

    other = a_product(name="Gauge")
    status, deal = bring(product=other, amount=Decimal(600), currency="EUR")
    again, _deal = bring(product=other, amount=Decimal(600), currency="EUR")

    assert (status, again) == ("updated", "unchanged")
    assert list(deal.lines.values_list("product__name", "price")) == [("Gauge", 600)]


def test_only_a_changed_stage_is_entered_and_no_stay_overlaps():
    bring(opened_at=AT)
    _status, deal = bring(name="Meters")

    assert (deal.stage_at, deal.stage_version, deal.touched_at) == (AT, 1, LATER)

    _status, deal = bring(stage=stage("won"), closed_at=AT + DAY)

    assert (deal.stage_at, deal.stage_version, deal.closed_at) == (LATER, deal.version, AT + DAY)
    stays = StageEntry.objects.order_by("pk").values_list("entered_at", "left_at")
    assert list(stays) == [(AT, LATER), (LATER, None)]


def test_open_deal_is_worth_todays_rate_and_a_closed_one_that_of_its_day(company):
    for day, rate in ((AT, "2"), (LATER - DAY, "3")):
        Rate.objects.create(currency="CHF", base_currency="EUR", on=day.date(), rate=rate)
    said = {"amount": Decimal(100), "currency": "CHF", "opened_at": AT}

    _status, open_deal = bring("1", **said)
    _status, won = bring("2", **said, stage=stage("won"), closed_at=AT + DAY)

    assert (open_deal.base_amount, won.base_amount) == (300, 200)


def test_history_of_an_update_holds_every_field_so_that_it_can_be_undone(rep, colleague):
    product, batch = a_product(name="Meter"), uuid4()
    said = {"name": "Meters", "owner": rep, "amount": Decimal(500), "currency": "EUR"}
    _status, before = bring(**said, opened_at=AT, product=product)

    bring(
        name="Gauges",
        owner=colleague,
        amount=Decimal(900),
        currency="EUR",
        opened_at=AT - DAY,
        product=a_product(name="Gauge"),
        custom={"size": "4"},
        stage=stage("lost"),
        closed_at=LATER,
        reason="price",
        batch=batch,
    )
    undo(batch=batch, by=None, at=LATER + DAY)

    deal = Deal.objects.get()
    for name in ("name", "owner", "amount", "opened_at", "stage", "state", "closed_at", "custom"):
        assert getattr(deal, name) == getattr(before, name), name
    assert list(deal.lines.values_list("product__name", "price")) == [("Meter", 500)]
