import pytest

from baton.records.people.tests.factories import AT, a_company
from baton.sales.deals.actions import lose_deal, trash_deals, win_deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db


def test_company_is_as_far_as_the_furthest_of_its_deals(run_background):
    halden = a_company()
    deal, other = a_deal(company=halden), a_deal(company=halden)

    def stage():
        run_background()
        halden.refresh_from_db()
        return halden.stage

    opened = stage()
    win_deal(deal=deal, by=None, at=AT)
    won = stage()
    trash_deals(deal_ids=[deal.pk], by=None, at=AT)
    gone = stage()
    lose_deal(deal=other, by=None, at=AT, reason="price")

    assert (opened, won, gone, stage()) == ("opportunity", "customer", "opportunity", "")
