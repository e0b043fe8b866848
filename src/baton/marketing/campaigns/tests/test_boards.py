import pytest

from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.tests.factories import a_campaign

pytestmark = pytest.mark.django_db


def test_campaigns_stand_as_a_board_by_channel_and_are_moved(company, marketer, signed_in):
    a_campaign(channel="email")
    browser = signed_in(marketer)
    asked = {"as": "board", "by": "channel"}
    board = browser.get("/campaigns/", asked).context["list"].board.board
    [column] = [one for one in board.columns if one.count]

    browser.post(
        column.cards[0].move_url, {"stage": "organic_search"}, headers={"HX-Request": "true"}
    )

    assert "-" not in {one.key for one in board.columns}
    assert Campaign.objects.get().channel == "organic_search"
