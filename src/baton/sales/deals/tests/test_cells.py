from decimal import Decimal

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.core.fields.models import FieldDefinition
from baton.sales.deals import actions
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal, a_stage

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def cell(deal, name):
    return reverse("deals:cell", args=[deal.key, name]) + "?cell=1"


@pytest.mark.parametrize(
    ("name", "was", "typed", "shown"),
    [
        ("amount", "8900.00", "9,500", "€9,500"),
        ("close_on", "", "2026-12-24", "24 Dec"),
        ("next_step", "", "Send the offer", "Send the offer"),
    ],
)
def test_cell_is_saved_and_drawn_as_the_list_draws_it(
    company, signed_in, rep, name, was, typed, shown
):
    deal = a_deal(by=rep, amount=Decimal(8_900))

    saved = signed_in(rep).post(cell(deal, name), {"value": typed, "was": was}, headers=HTMX)

    assert saved.status_code == 200
    assert shown in saved.content.decode()


def test_stage_of_an_open_deal_is_chosen_in_the_list_and_taken_back(company, signed_in, rep):
    deal, client = a_deal(by=rep), signed_in(rep)
    meeting, before = a_stage("Meeting"), deal.stage

    client.post(
        cell(deal, "stage"), {"value": str(meeting.key), "was": str(before.key)}, headers=HTMX
    )
    moved = Deal.objects.get().stage
    batch = Change.objects.filter(object_type="deal", verb="edited").get().batch
    client.post(reverse("deals:undo", args=[batch]))

    assert (moved, Deal.objects.get().stage) == (meeting, before)


def test_closed_deal_has_no_stage_to_choose(company, signed_in, rep):
    deal = a_deal(by=rep, amount=Decimal(8_900))
    actions.win_deal(deal=deal, by=rep, at=deal.created_at)

    page = signed_in(rep).get("/deals/?as=table&view=won").content.decode()

    assert reverse("deals:cell", args=[deal.key, "amount"]) in page
    assert reverse("deals:cell", args=[deal.key, "stage"]) not in page
    assert signed_in(rep).get(cell(deal, "stage"), headers=HTMX).status_code == 404


def test_field_that_this_company_added_stands_on_the_page_and_is_edited_there(
    company, signed_in, rep
):
    FieldDefinition.objects.create(object_type="deal", code="site", label="Site", kind="text")
    deal, client = a_deal(by=rep), signed_in(rep)
    url = reverse("deals:cell", args=[deal.key, "custom-site"])

    page = client.get(deal.get_absolute_url()).content.decode()
    saved = client.post(url, {"value": "Malmö", "was": ""}, headers=HTMX)

    assert url in page
    assert "Malmö" in saved.content.decode()
    assert Deal.objects.get().custom == {"site": "Malmö"}
