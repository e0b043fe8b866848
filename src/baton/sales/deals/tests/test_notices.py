import pytest

from baton.core.access.actions import create_user, edit_team, edit_user
from baton.core.access.roles import Role
from baton.core.notices.models import Notice
from baton.sales.deals.actions import lose_deal, win_deal
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_manager_is_told_what_the_team_won_and_lost(rep, north, outsider, run_background):
    boss = create_user(name="Sam", role=Role.SALES_MANAGER, email="s@fennmark.example", team=north)
    edit_team(team=north, values={"manager": boss})
    edit_user(user=rep, values={"manager": boss})
    win_deal(deal=a_deal(owner=rep, name="Large"), by=rep, at=AT)
    lose_deal(deal=a_deal(owner=rep, name="Small"), by=rep, at=AT, reason="price")
    win_deal(deal=a_deal(owner=rep, name="Own act"), by=boss, at=AT)
    win_deal(deal=a_deal(owner=outsider, name="Elsewhere"), by=outsider, at=AT)
    run_background()

    told = Notice.objects.order_by("pk").exclude(kind="person.given")
    assert sorted(told.values_list("user__name", "kind", "what")) == [
        ("Sam", "deal.lost", "Small"),
        ("Sam", "deal.won", "Large"),
    ]
