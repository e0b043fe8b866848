from decimal import Decimal

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.sales.deals import actions
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal, a_stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_ticked_deals_move_closed_ones_stay_and_all_is_taken_back(signed_in, rep):
    first, second, won = (a_deal(by=rep, amount=Decimal(100)) for _ in range(3))
    actions.win_deal(deal=won, by=rep, at=won.created_at)
    client, meeting = signed_in(rep), a_stage("Meeting")
    sent = {"row": [first.key, second.key, won.key], "value-stage": meeting.key}

    client.post("/bulk/deals/stage/", sent)
    stages = list(Deal.objects.order_by("pk").values_list("stage__name", flat=True))
    page = client.get("/deals/?as=table").content.decode()
    batch = Change.objects.filter(after__stage=meeting.pk).values_list("batch", flat=True).first()
    client.post(reverse("changes:undo", args=[batch]))

    assert stages == ["Meeting", "Meeting", "Won"]
    assert "2 deals in Meeting" in page
    assert "1 stays as it was." in page
    assert Deal.objects.get(pk=first.pk).stage == first.stage


def test_ticked_deals_get_an_owner_or_go_to_the_trash(signed_in, rep, colleague):
    mine, other = a_deal(by=rep), a_deal(by=rep)
    client = signed_in(rep)

    client.post("/bulk/deals/owner/", {"row": [mine.key], "value-owner": colleague.pk})
    client.post("/bulk/deals/delete/", {"row": [other.key]})

    assert Deal.objects.get(pk=mine.pk).owner == colleague
    assert Deal.objects.get(pk=other.pk).deleted_at


@pytest.mark.parametrize("act", ["owner", "stage", "delete"])
def test_outsider_moves_no_deal(signed_in, rep, outsider, act):
    deal, stage = a_deal(by=rep), a_stage("Meeting")
    sent = {"row": [deal.key], "value-owner": outsider.pk, "value-stage": stage.key}

    assert signed_in(outsider).post(f"/bulk/deals/{act}/", sent).status_code == 404
    assert Deal.objects.get() == deal


def test_ticked_deals_get_a_day_to_close(signed_in, rep):
    deals = [a_deal(by=rep) for _ in range(2)]
    asked = {"row": [deal.key for deal in deals], "do": "save", "field": "close_on"}
    client = signed_in(rep)

    wrong = client.post("/bulk/deals/which/field/", asked | {"value": "soon"})
    told = client.post("/bulk/deals/which/field/", asked | {"value": "2026-03-31"}, follow=True)

    assert wrong.status_code == 422
    assert "2 deals changed" in told.content.decode()
    assert {str(deal.close_on) for deal in Deal.objects.all()} == {"2026-03-31"}
