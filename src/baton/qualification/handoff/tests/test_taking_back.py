"""What was deleted of routing comes back as it was."""

import re

import pytest
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Pool, PoolMember, RoutingRule
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_rep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
UNDO = re.compile(r"/changes/[0-9a-f-]{36}/undo/")


@pytest.fixture
def nora():
    return create_user(name="Nora", role=Role.HEAD_OF_SALES, email="nora@fennmark.example")


@pytest.fixture
def france(nora):
    """Ravi and Sam take turns, and not alike."""
    pool = actions.create_pool(name="France", by=nora, at=AT)
    actions.set_member(pool=pool, user=a_rep("Ravi"), by=nora, at=AT, weight=3, open_cap=5)
    actions.set_member(pool=pool, user=a_rep("Sam"), by=nora, at=AT, is_available=False)
    PoolMember.objects.filter(pool=pool, user__name="Ravi").update(credit=-1.25)
    return pool


def a_rule(name, *, pool, position):
    condition = {"field": "person.country", "op": "is", "value": "France"}
    values = {"name": name, "condition": condition, "pool": pool, "position": position}
    return actions.save_routing_rule(values=values, by=None, at=AT)


def press(client, name, *args, **data):
    """The page that follows, and the address behind its Undo."""
    page = client.post(reverse(f"handoff:{name}", args=args), data, follow=True).content.decode()
    found = UNDO.search(page)
    return page, found.group(0) if found else ""


def members():
    return list(PoolMember.objects.order_by("pk").values())


def rules():
    return [rule.name for rule in RoutingRule.objects.living()]


def test_pool_comes_back_with_all_who_were_in_it(signed_in, nora, france):
    client, before = signed_in(nora), members()

    page, way_back = press(client, "delete-pool", france.key)
    gone = not Pool.objects.living().filter(pk=france.pk).exists()
    client.post(way_back)

    assert "“France” is deleted." in page
    assert gone
    assert Pool.objects.living().filter(pk=france.pk).exists()
    assert members() == before


def test_member_comes_back_with_weight_cap_and_credit(signed_in, nora, france):
    client, before = signed_in(nora), members()

    _page, way_back = press(client, "member", france.key, before[0]["id"], remove="1")
    left = members()
    client.post(way_back)

    assert left == before[1:]
    assert members() == before


def test_member_who_was_added_again_stays_as_that_one_chose(signed_in, nora, france):
    client, ravi = signed_in(nora), User.objects.get(name="Ravi")
    row = PoolMember.objects.get(user=ravi)

    _page, way_back = press(client, "member", france.key, row.pk, remove="1")
    actions.set_member(pool=france, user=ravi, by=nora, at=AT, weight=7)
    answer = client.post(way_back, follow=True)

    assert "Nothing was taken back" in answer.content.decode()
    assert PoolMember.objects.get(user=ravi).weight == 7


def test_member_who_has_left_is_not_brought_back(signed_in, nora, france):
    client, row = signed_in(nora), PoolMember.objects.get(user__name="Ravi")

    _page, way_back = press(client, "member", france.key, row.pk, remove="1")
    User.objects.filter(pk=row.user_id).update(deleted_at=AT)
    answer = client.post(way_back, follow=True)

    assert "This colleague has left." in answer.content.decode()
    assert not PoolMember.objects.filter(user=row.user_id).exists()


def test_rule_comes_back_to_its_place(signed_in, nora, france):
    client = signed_in(nora)
    first, second, third = (
        a_rule(name, pool=france, position=place) for place, name in enumerate("abc")
    )

    page, way_back = press(client, "delete-rule", second.key)
    without = rules()
    client.post(way_back)

    assert "“b” is deleted." in page
    assert (without, rules()) == (["a", "c"], ["a", "b", "c"])
    assert {first.position, second.position, third.position} == {0, 1, 2}


def test_rule_waits_for_its_pool(signed_in, nora, france):
    client, rule = signed_in(nora), a_rule("French speakers", pool=france, position=1)

    _page, undo_rule = press(client, "delete-rule", rule.key)
    _page, undo_pool = press(client, "delete-pool", france.key)
    refused = client.post(undo_rule, follow=True).content.decode()
    client.post(undo_pool)
    client.post(undo_rule)

    assert "It leads to “France”, which lies in the trash. Restore the pool first." in refused
    assert rules() == ["French speakers"]


def test_trash_shows_pools_and_rules_to_who_might_delete_them(signed_in, nora, rep, france):
    rule = a_rule("French speakers", pool=france, position=1)
    actions.delete_routing_rule(rule=rule, by=nora, at=AT)
    actions.delete_pool(pool=france, by=nora, at=AT)
    pool_url = reverse("changes:restore", args=["pool", france.key])
    rule_url = reverse("changes:restore", args=["routing_rule", rule.key])
    client = signed_in(nora)

    shown = [
        client.get(f"/changes/trash/?kind={kind}").content.decode()
        for kind in ("pool", "routing_rule")
    ]
    hidden = signed_in(rep).get("/changes/trash/").content.decode()
    refused = [signed_in(rep).post(url).status_code for url in (pool_url, rule_url)]
    client = signed_in(nora)
    for url in (pool_url, rule_url):
        client.post(url)

    assert [pool_url in shown[0], rule_url in shown[1], pool_url in hidden] == [True, True, False]
    assert refused == [404, 404]
    assert Pool.objects.living().filter(pk=france.pk).exists()
    assert rules() == ["French speakers"]


def test_undo_is_for_who_did_it_and_may_still(signed_in, nora, rep, france):
    other = create_user(name="Hana", role=Role.HEAD_OF_SALES, email="hana@fennmark.example")
    _page, way_back = press(signed_in(nora), "delete-pool", france.key)

    strangers = [signed_in(user).post(way_back).status_code for user in (rep, other)]
    User.objects.filter(pk=nora.pk).update(role=Role.REP)
    no_more = signed_in(nora).post(way_back).status_code

    assert (strangers, no_more) == ([404, 404], 404)
    assert not Pool.objects.living().filter(pk=france.pk).exists()


def test_edit_of_a_rule_is_taken_back(nora, france):
    everybody = a_default_pool()
    rule = a_rule("French speakers", pool=france, position=1)
    actions.save_routing_rule(
        values={"condition": rule.condition, "pool": everybody, "position": 4},
        rule=rule,
        by=nora,
        at=AT,
    )

    undo(batch=Change.objects.latest("pk").batch, by=nora, at=AT)

    rule.refresh_from_db()
    assert (rule.pool, rule.position) == (france, 1)
