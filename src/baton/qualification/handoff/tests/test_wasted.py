from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.wasted import never_answered, waste_of
from baton.qualification.handoff.tests.factories import a_default_pool, a_handoff, an_agreement
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]

WEEK = timedelta(days=7)


@pytest.fixture
def at():
    return timezone.now() - timedelta(days=1)


@pytest.fixture
def head():
    return create_user(name="Nora", role=Role.HEAD_OF_SALES, email="nora@x.example")


@pytest.fixture
def spring():
    """Four people for 1,000."""
    campaign = a_campaign(code="spring", name="Spring")
    a_cost(campaign=campaign, amount=Decimal(1000))
    for _ in range(2):
        a_person(campaign="spring")
    return campaign


def lead(code, at):
    return a_handoff(person=a_person(campaign=code), at=at)


def waste(user, at=None):
    return waste_of(Handoff.objects.of_marketing(), user=user, at=at or timezone.now() + WEEK)


def test_each_costs_what_a_lead_of_its_campaign_costs(spring, rep, head, at):
    a_default_pool(rep)
    taken, silent = lead("spring", at), lead("Spring", at)
    actions.accept_handoff(handoff=taken, by=rep, at=at)

    found = waste(head)

    [group] = found.groups
    assert (group.campaign, group.codes, group.count) == (spring, ("Spring",), 1)
    assert (group.each, found.cost, found.unknown) == (Decimal(250), Decimal(250), 0)
    assert list(never_answered(Handoff.objects.all(), at=timezone.now() + WEEK)) == [silent]


def test_what_is_unknown_is_said_and_never_nothing(spring, head, at):
    a_campaign(code="free")
    an_agreement()
    for code in ("spring", "free", ""):
        lead(code, at)

    found = waste(head)

    assert (found.count, found.unknown) == (3, 2)
    assert found.cost == Decimal(1000) / 3
    assert [group.each is None for group in found.groups] == [False, True, True]


def test_with_no_cost_known_all_of_it_is_unknown(head, at):
    an_agreement()
    lead("", at)

    assert (waste(head).cost, waste(head).unknown) == (None, 1)


def test_whoever_is_not_due_yet_is_not_counted(spring, head):
    now = timezone.now()
    lead("spring", now)

    assert waste(head, at=now).count == 0
    assert waste(head, at=now + WEEK).count == 1


def test_a_rejected_one_was_answered(spring, rep, head, at):
    a_default_pool(rep)
    actions.reject_handoff(handoff=lead("spring", at), reason="no_fit", by=rep, at=at)

    assert waste(head).count == 0


def test_who_sees_some_people_only_reads_no_cost(spring, rep, at):
    a_default_pool(rep)
    lead("spring", at)

    assert (waste(rep).count, waste(rep).cost) == (1, None)


def test_a_fixed_number_of_queries(spring, head, at, django_assert_num_queries):
    an_agreement()
    lead("spring", at)
    rows, then = Handoff.objects.of_marketing(), timezone.now() + WEEK
    with django_assert_num_queries(6):
        waste_of(rows, user=head, at=then)
    for number in range(4):
        a_campaign(code=f"other-{number}")
        lead(f"other-{number}", at)

    with django_assert_num_queries(6):
        told = waste_of(rows, user=head, at=then)

    assert told.count == 5


def test_lead_quality_tells_it_and_opens_the_people(spring, head, signed_in, at):
    an_agreement({"accept_minutes": 1, "hand_raise_accept_minutes": 1})
    silent, other = lead("spring", at - WEEK), lead("", at - WEEK)
    client = signed_in(head)

    shown = client.get(reverse("handoff:quality"), {"months": "12"})
    page = client.get(shown.context["waste_url"])

    assert "€333 spent, of 1 unknown" in shown.text
    assert {one.handoff.pk for one in page.context["behind"]} == {silent.pk, other.pk}
    assert silent.person.full_name in page.text
    [row] = [row for row in page.context["rows"] if row["campaign"]]
    assert [one.handoff for one in client.get(row["url"]).context["behind"]] == [silent]


def test_lead_quality_tells_each_group_its_own(spring, head, signed_in, at):
    an_agreement({"accept_minutes": 1, "hand_raise_accept_minutes": 1})
    silent = lead("spring", at - WEEK)
    lead("", at - WEEK)
    Handoff.objects.filter(pk=silent.pk).update(channel="search")
    client = signed_in(head)

    page = client.get(reverse("handoff:quality"), {"months": "12", "by": "channel"})

    told = {row.name: (row.waste.count, row.waste.cost) for row in page.context["rows"]}
    assert told["Search"] == (1, Decimal(1000) / 3)
    assert sorted(count for count, _cost in told.values()) == [1, 1]
    [row] = [row for row in page.context["rows"] if row.name == "Search"]
    assert [one.handoff for one in client.get(row.cells[-1].url).context["behind"]] == [silent]
    assert "Nobody answered, Search" in client.get(row.cells[-1].url).text


def test_the_campaigns_page_tells_its_own(spring, head, signed_in, at):
    an_agreement({"accept_minutes": 1, "hand_raise_accept_minutes": 1})
    other = a_campaign(code="other")
    lead("spring", at - WEEK)
    client = signed_in(head)

    assert "1 lead that it brought was never answered" in client.get(spring.get_absolute_url()).text
    assert "never answered" not in client.get(other.get_absolute_url()).text


def test_where_much_happens_what_is_counted_of_a_campaign_follows_its_page(
    spring, head, signed_in, at, monkeypatch
):
    an_agreement({"accept_minutes": 1, "hand_raise_accept_minutes": 1})
    lead("spring", at - WEEK)
    client, url = signed_in(head), spring.get_absolute_url()
    monkeypatch.setattr("baton.marketing.campaigns.views.records.happens_much", lambda: True)

    bare, whole = client.get(url).text, client.get(f"{url}?whole=1").text
    cards = client.get(f"{url}cards/", headers={"HX-Request": "true"}).text
    plainly = client.get(f"{url}cards/")

    said = "1 lead that it brought was never answered"
    assert ("Being counted" in bare, said in bare) == (True, False)
    assert ("Being counted" in whole, said in whole, said in cards) == (False, True, True)
    assert (plainly.status_code, plainly.url) == (302, f"{url}?whole=1")
