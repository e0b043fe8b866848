"""Every field that a list offers can be asked by each comparison, on both databases."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from baton.core.filters import OPERATORS
from baton.core.filters.addresses import written
from baton.core.filters.operators import WITH_DAY_COUNT, WITH_LIST, WITH_PAIR, WITHOUT_VALUE
from baton.core.keys import new_key
from baton.core.offers import FieldKind
from baton.core.saved.slots import saved_lists
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.rules import State
from baton.marketing.campaigns.rules import state_of as campaign_state
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.operations.exchange.models import Import
from baton.qualification.scoring.tests.factories import a_live_model
from baton.records.material.tests.factories import some_material
from baton.records.people.tests.factories import a_person
from baton.sales.deals.tests.factories import a_deal
from tests.core.asked import asking, chips

pytestmark = pytest.mark.django_db


VALUES = {
    FieldKind.TEXT: "a",
    FieldKind.NUMBER: "7",
    FieldKind.DATE: "2026-03-01",
    FieldKind.BOOLEAN: True,
}


def a_value(field, op):
    """Whatever it may be asked for."""
    if op in WITH_DAY_COUNT:
        return 7
    first = next(iter(field.choices()), ("", ""))[0] if field.choices else VALUES[field.kind]
    one: Any = int(str(first)) if field.kind is FieldKind.RELATION else first
    return [one, one] if op in WITH_LIST | WITH_PAIR else one


def every_question(fields):
    """One group of all comparisons for each field."""
    for key, field in fields.items():
        if field.kind is FieldKind.RELATION and not list(field.choices()):
            continue
        yield {
            "any": [
                {"field": key, "op": op.value}
                | ({} if op in WITHOUT_VALUE else {"value": a_value(field, op)})
                for op in OPERATORS[field.kind]
            ]
        }


@pytest.mark.parametrize("name", ["people", "companies", "deals", "campaigns", "tasks", "leads"])
def test_every_field_of_a_list_can_be_asked_by_each_comparison(name, admin):
    a_person(tags=["Fair"])
    a_live_model(name="Guides")
    some_material()
    now = timezone.now()
    Import.objects.create(recipe="Old", batch=new_key(), started_at=now, finished_at=now)
    place: Any = saved_lists.find(name)
    listing = place.listing()
    rows = listing.rows(admin, QueryDict())

    for tree in every_question(listing.asks.fields_for(admin)):
        asked = listing.asks.read(written(tree), user=admin)
        list(listing.asks.narrow(rows, asked)[:1])

        assert (asked.lost, len(asked.parts)) == ((), 1)


def test_deals_are_asked_in_their_table_and_on_their_board(rep, signed_in):
    large = a_deal(by=rep, amount=Decimal(900))
    a_deal(by=rep, amount=Decimal(20))
    client, word = signed_in(rep), asking(["amount", ">", 100], ["state", "is", "open"])

    table = client.get(reverse("deals:deals"), {"as": "table", "filter": word})
    board = client.get(reverse("deals:deals"), {"filter": word})

    [card] = [card for column in board.context["board"].columns for card in column.cards]
    assert [row.object for row in table.context["list"].rows] == [large]
    assert parse_qs(urlsplit(card.move_url).query)["filter"] == [word]
    assert chips(board) == chips(table) == ["Amount over 100", "State is Open"]


@pytest.mark.parametrize("state", list(State))
def test_campaigns_are_asked_for_where_they_stand(state, admin, signed_in):
    today = timezone.localdate()
    for starts, ends in [(-9, -1), (-9, 0), (0, 9), (1, None), (None, None), (None, -1)]:
        a_campaign(
            starts_on=None if starts is None else today + timedelta(days=starts),
            ends_on=None if ends is None else today + timedelta(days=ends),
        )

    answer = signed_in(admin).get(
        reverse("campaigns:list"), {"filter": asking(["state", "is", state])}
    )

    found = [row.object for row in answer.context["list"].rows]
    assert found
    for one in Campaign.objects.all():
        stands = campaign_state(starts_on=one.starts_on, ends_on=one.ends_on, on=today)
        assert (one in found) == (stands is state)
