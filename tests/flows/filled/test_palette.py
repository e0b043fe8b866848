"""What the palette finds in a whole house: of each kind, for whom, and with how many queries."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.colleagues.models import Interest
from baton.core.ui.recents import COOKIE, MOST
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.qualification.handoff.models import Handoff
from baton.records.people.actions import trash_people
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.sales.customers.tests.factories import a_customer
from baton.sales.deals.tests.factories import a_deal
from tests.flows.acts import Desk

pytestmark = pytest.mark.django_db
PALETTE = "/palette/"
OPTION = re.compile(r'<a class="go" href="([^"]+)"')


@pytest.fixture(scope="module")
def world(story):
    Interest.objects.update(pinned_at=None)  # they stand above what was open last
    return story.house


def asked(client: Client, text: str = "") -> str:
    answer = client.get(PALETTE, {"q": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def found(client: Client, text: str = "") -> list[str]:
    """The addresses of the records among the options."""
    links = OPTION.findall(asked(client, text))
    return [link for link in links if re.search(r"[0-9a-f-]{36}/$", link)]


@pytest.mark.parametrize(
    "text", ["Petra Berg", "berg pet", "BERG", "lüd", "petra@berg", "Coldwick", "berg cold"]
)
def test_person_is_found_by_any_word_of_name_or_company_and_by_mail(world, text):
    coldwick = a_company(name="Coldwick", owner=world.teo)
    petra = a_person(
        first_name="Petra",
        last_name="Berg-Lüdenscheid",
        emails=["Petra@berg.example"],
        company=coldwick,
        owner=world.teo,
    )
    a_person(full_name="Anna Bamberger", owner=world.teo)

    people = [link for link in found(Desk(world.teo).client, text) if "/companies/" not in link]

    assert people == [petra.get_absolute_url()]


@pytest.mark.parametrize("text", ["Vanderhof Pumps", "pumps", "vanderhof.ex"])
def test_company_is_found_by_name_and_domain(world, text):
    firm = a_company(name="Vanderhof Pumps", domains=["vanderhof.example"], owner=world.teo)

    assert found(Desk(world.teo).client, text) == [firm.get_absolute_url()]


def test_deal_campaign_and_lead_are_found(world):
    deal = a_deal(name="Zephyr rollout", by=world.teo)
    campaign = a_campaign(name="Zephyr autumn", code="zq-2026")
    lead = Handoff.objects.visible_to(world.teo).open().select_related("person").first()
    assert lead
    teo, ada = Desk(world.teo).client, Desk(world.ada).client

    assert found(teo, "zephyr") == [deal.get_absolute_url(), campaign.get_absolute_url()]
    assert found(ada, "zq-20") == [campaign.get_absolute_url()]
    assert reverse("handoff:lead", args=[lead.key]) in found(teo, lead.person.full_name)


def test_outsider_finds_nothing_of_another_team(world):
    """Each that Teo finds by these words is Teo's team's."""
    deal = a_deal(name="Zephyr rollout", by=world.teo)
    words = ["Helga Lund", "helga@lund", "Jonas", "Zephyr", *_company_names()]
    teo, otto = Desk(world.teo).client, Desk(world.otto).client
    assert deal.get_absolute_url() in found(teo, "Zephyr")
    assert all(found(teo, text) for text in words)

    assert [link for text in words for link in found(otto, text)] == []


def _company_names() -> list[str]:
    """Of those that are somebody's: one without an owner is open to everybody."""
    living = Person.objects.filter(deleted_at=None, company__owner__isnull=False)
    return list(living.values_list("company__name", flat=True).distinct())


def test_recents_are_read_as_who_asks_may_see_them_now(world):
    petra = a_person(full_name="Petra Berg", owner=world.teo)
    anna = a_person(full_name="Anna Lund", owner=world.teo)
    teo, otto = Desk(world.teo).client, Desk(world.otto).client
    for person in (petra, anna, petra):
        assert teo.get(person.get_absolute_url()).status_code == 200
    assert found(teo) == [petra.get_absolute_url(), anna.get_absolute_url()]

    otto.cookies[COOKIE] = teo.cookies[COOKIE].value
    trash_people(people_ids=[petra.pk], by=world.teo, at=AT)

    assert (found(teo), found(otto)) == ([anna.get_absolute_url()], [])


def test_what_another_team_has_is_no_recent(world):
    helga = a_person(full_name="Helga Holm", owner=world.teo)
    otto = Desk(world.otto).client

    assert otto.get(helga.get_absolute_url()).status_code == 404

    assert COOKIE not in otto.cookies


def test_ten_recents_are_kept_and_looking_writes_nothing(world):
    people = [a_person(owner=world.teo) for _ in range(MOST + 2)]
    teo = Desk(world.teo).client
    teo.get(people[0].get_absolute_url())

    with CaptureQueriesContext(connection) as ran:
        for person in people:
            teo.get(person.get_absolute_url())

    written = [one["sql"] for one in ran if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    latest = [person.get_absolute_url() for person in reversed(people)]
    assert (written, found(teo)) == ([], latest[:MOST])


def test_forged_recents_are_none(world):
    teo = Desk(world.teo).client
    teo.cookies[COOKIE] = "WyJwZXJzb24iXQ:1t0:forged"

    assert found(teo) == []


def queries(client: Client, text: str) -> list[str]:
    with CaptureQueriesContext(connection) as ran:
        asked(client, text)
    return [one["sql"] for one in ran]


def test_search_asks_once_a_kind_however_many_there_are(world):
    teo = Desk(world.teo).client
    asked(teo, "zeph")
    before = queries(teo, "zeph lund")

    for number in range(8):
        firm = a_company(name=f"Zephyr {number}", owner=world.teo)
        buyer = a_person(full_name=f"Lund Zeph{number}", company=firm, owner=world.teo)
        a_deal(name=f"Lund zephyr {number}", by=world.teo)
        a_customer(by=world.teo, owner=world.teo, company=firm, person=buyer)
        a_campaign(name=f"Zephyr lund {number}", code=f"zeph-{number}")
    after = queries(teo, "zeph lund")

    kinds = ["handoff_handoff", "people_person", "people_company", "deals_deal"]
    kinds += ["customers_customer", "campaigns_", "material_material"]
    searches = [sql for sql in after if "LIMIT 5" in sql]
    assert len(before) == len(after) <= len(kinds) + 3  # session, user, teams
    assert [kind for kind, sql in zip(kinds, searches, strict=True) if kind in sql] == kinds
    assert len(found(teo, "zeph lund")) == 5 * 4


@pytest.mark.parametrize("text", ["%", "_", "'", "\\", "a" * 500, "a b c d e f g h", "ß", "\u00a0"])
def test_whatever_is_typed_is_only_a_text(world, text):
    a_person(full_name="Plain Name", owner=world.teo)

    links = found(Desk(world.teo).client, text)

    assert links == [] or text in {"ß", "\u00a0"}


def labels(html: str) -> set[str]:
    return set(re.findall(r'<span class="cut">([^<]+)</span>', html))


def test_actions_are_those_that_the_role_allows(world, viewer_client):
    teo, viewer = labels(asked(Desk(world.teo).client)), labels(asked(viewer_client))

    makes = {"New person", "New company", "New deal", "New task", "New campaign"}
    assert (teo & makes, viewer & makes) == (makes - {"New campaign"}, set())
    assert {"Sign out", "Change password", "Light theme", "Dark theme"} <= teo & viewer


@pytest.fixture
def viewer_client(world) -> Any:
    user = create_user(name="Vera", role=Role.VIEWER, email="vera@fennmark.example")
    return Desk(user).client


def test_nothing_found_offers_what_the_role_may_do_next(world, viewer_client):
    teo, viewer = asked(Desk(world.teo).client, "xyloph"), asked(viewer_client, "xyloph")

    assert "is called “xyloph”." in teo
    assert labels(teo) == {"New person", "New company", "New deal", "New purchase"}
    assert {"People", "Companies", "Deals"} <= labels(viewer)


def test_slip_finds_what_is_called_nearly_so(world):
    petra = a_person(full_name="Petra Lindqvist", owner=world.teo)
    a_person(full_name="Petra Lindemann", owner=world.teo)
    firm = a_company(name="Kvarnholm", owner=world.teo)
    a_person(full_name="Anna Berg", company=firm, owner=world.teo)

    page = asked(Desk(world.teo).client, "lindqwist")

    assert "is called “lindqwist”." in page
    assert 'data-group="close"' in page
    assert found(Desk(world.teo).client, "lindqwist") == [petra.get_absolute_url()]
    assert found(Desk(world.otto).client, "lindqwist") == []
    assert found(Desk(world.teo).client, "kvarnhulm")[0] == firm.get_absolute_url()  # by its name


def test_places_are_found_by_the_beginning_of_a_word(world):
    assert {"Lead quality", "Leads to answer"} <= labels(asked(Desk(world.teo).client, "lea"))
    assert "Sign out" in labels(asked(Desk(world.teo).client, "log out"))


def test_page_without_script_is_a_form_with_its_links(world):
    petra = a_person(full_name="Petra Quist", owner=world.teo)

    page = Desk(world.teo).client.get(PALETTE, {"q": "quist"}).content.decode()

    assert petra.get_absolute_url() in page
    assert 'value="quist"' in page
    assert 'role="listbox"' not in page.partition("<main")[2].partition("</main>")[0]
