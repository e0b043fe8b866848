import pytest
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.qualification.handoff.models import Pool, PoolMember, RoutingRule
from baton.qualification.handoff.tests.factories import a_default_pool, a_handoff, a_rep
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def nora():
    return create_user(name="Nora", role=Role.HEAD_OF_SALES, email="nora@fennmark.example")


def text(answer):
    return answer.content.decode()


def test_members_are_added_weighed_and_removed(signed_in, nora):
    pool, ravi = a_default_pool(), a_rep("Ravi")
    client = signed_in(nora)
    added = {
        f"new-{pool.pk}-user": str(ravi.key),
        f"new-{pool.pk}-weight": 2,
        f"new-{pool.pk}-is_available": "on",
    }

    client.post(reverse("handoff:add-member", args=[pool.key]), added)
    member = PoolMember.objects.get()
    assert (member.user, member.weight, member.is_available) == (ravi, 2, True)

    one = reverse("handoff:member", args=[pool.key, member.pk])
    client.post(one, {f"member-{member.pk}-weight": 3, f"member-{member.pk}-open_cap": 5})
    member.refresh_from_db()
    assert (member.weight, member.open_cap, member.is_available) == (3, 5, False)

    refused = client.post(one, {f"member-{member.pk}-weight": 0}, follow=True)
    assert "1 or more" in text(refused)
    client.post(one, {"remove": "1"})
    assert not PoolMember.objects.exists()


def test_routing_rule_is_written_and_deleted(signed_in, nora):
    a_default_pool()
    signed_in(nora).post(reverse("handoff:add-pool"), {"name": "France"})
    pool = Pool.objects.get(name="France")
    typed = {
        "name": "French speakers",
        "pool": str(pool.key),
        "position": 1,
        "is_active": "on",
        "join": "all",
        "row-0-field": "person.country",
        "row-0-op": "is",
        "row-0-value": "France",
    }

    refused = signed_in(nora).post(reverse("handoff:new-rule"), typed | {"row-0-op": "over"})
    signed_in(nora).post(reverse("handoff:new-rule"), typed)

    assert refused.status_code == 422
    rule = RoutingRule.objects.get()
    assert rule.condition == {"all": [{"field": "person.country", "op": "is", "value": "France"}]}
    page = text(signed_in(nora).get(reverse("handoff:routing")))
    assert "French speakers" in page
    in_use = signed_in(nora).post(reverse("handoff:delete-pool", args=[pool.key]), follow=True)
    assert "A rule leads here" in text(in_use)
    signed_in(nora).post(reverse("handoff:delete-rule", args=[rule.key]))
    assert not RoutingRule.objects.living().exists()


def test_rule_without_conditions_is_refused(signed_in, nora):
    pool = a_default_pool()

    answer = signed_in(nora).post(
        reverse("handoff:new-rule"),
        {"name": "All", "pool": str(pool.key), "position": 1, "join": "all"},
    )

    assert answer.status_code == 422


def test_decisions_can_be_read_back(signed_in, nora, rep):
    a_default_pool(rep)
    a_handoff(person=a_person(full_name="Lena Fischer"))

    page = text(signed_in(nora).get(reverse("handoff:routing")))

    assert "Lena Fischer" in page
    assert "Teo&#x27;s turn: 1 of 1 that day" in page
