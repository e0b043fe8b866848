import pytest

from baton.core.access.actions import create_user, edit_team, edit_user
from baton.core.access.roles import Role
from baton.core.notices.models import Notice
from baton.records.people.tests.factories import a_person
from baton.sales.deals.actions import assign_owner, lose_deal, open_deal, win_deal
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


def test_owner_is_told_of_a_deal_that_a_colleague_gave_them(
    rep, colleague, signed_in, run_background
):
    given, kept = a_deal(owner=rep, name="Given"), a_deal(owner=rep, name="Kept")
    assign_owner(deal=given, owner=colleague, by=rep, at=AT)
    assign_owner(deal=kept, owner=colleague, by=colleague, at=AT)
    opened = open_deal(name="For you", person=a_person(), owner=colleague, by=rep, at=AT)
    open_deal(name="Mine", person=a_person(), by=colleague, at=AT)
    run_background()

    told = Notice.objects.filter(kind="deal.given").order_by("pk")
    [first, _second] = told
    inbox = signed_in(colleague).get("/inbox/").content.decode()

    assert [(one.user, one.what, one.url) for one in told] == [
        (colleague, "Given", given.get_absolute_url()),
        (colleague, "For you", opened.get_absolute_url()),
    ]
    assert "Your deal now: Given" in inbox
    answer = signed_in(colleague).get(f"/inbox/{first.key}/")
    assert answer["Location"] == given.get_absolute_url()


def test_deal_that_went_on_is_told_to_its_last_owner_alone(rep, colleague, admin, run_background):
    deal = a_deal(owner=admin)
    assign_owner(deal=deal, owner=colleague, by=admin, at=AT)
    assign_owner(deal=deal, owner=rep, by=admin, at=AT)
    run_background()

    assert [one.user for one in Notice.objects.filter(kind="deal.given")] == [rep]
