"""A deal of another system that came before: the file changes what it says, and nothing else."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals.actions.importing import ForeignDeal, import_deals
from baton.sales.deals.actions.pipelines import ensure_default_pipeline
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LATER = AT + timedelta(days=30)


def stage(kind):
    return Stage.objects.filter(pipeline=ensure_default_pipeline(), kind=kind).first()


def bring(**said):
    """One deal under the key 7; gives what became of it, and the deal."""
    one = ForeignDeal(external_id="7", **{"stage": stage("open"), **said})
    [status] = import_deals(deals=[one], source="crm", at=LATER, batch=uuid4())
    return status, Deal.objects.get()


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
