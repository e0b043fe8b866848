"""Pages that stand open all day put questions whose SQL is kept: Django takes longer to make one
than a database to answer it."""

import traceback
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from baton.core.access.actions import create_team, create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.facts.numbering import seat_subscribers
from baton.core.settings.actions import set_up_organisation
from baton.marketing.campaigns.models import Campaign, CampaignMember
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.qualification.handoff.actions import qualify_person
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_form_sent,
    a_rep,
    an_agreement,
)
from baton.qualification.scoring.actions import ensure_default_rules
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals.actions import win_deal
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal
from conftest import drain_background

pytestmark = pytest.mark.django_db
RECORDS: dict[str, Any] = {"person": Person, "company": Company, "deal": Deal, "campaign": Campaign}

LISTS = {
    "people": ("/people/?", ("lund", "nobody")),
    "people by score": ("/people/?sort=-score&", ("fenn", "nobody")),
    "companies": ("/people/companies/?", ("fenn", "nobody")),
    "deals": ("/deals/?as=table&", ("lund", "nobody")),
    "campaigns": ("/campaigns/?", ()),  # a text is no word of an index there
}
FILTERS = {
    "people": '[1,["stage","is","mql"]]',
    "people by score": '[1,["score",">",-1],["lead_at","in_last_days",9000]]',
    "companies": '[1,["name","contains","e"]]',
    "deals": '[1,["amount",">",0],{"not":["name","contains","zz"]}]',
    "campaigns": '[1,["name","is_set"]]',
}


@pytest.fixture(scope="module")
def house(lasting):
    """A lead whom a campaign brought, their company, its deals, an agreement with its clock."""
    set_up_organisation(name="Fennmark", zone="Europe/Berlin", base_currency="EUR")
    ada = create_user(name="Ada", role=Role.ADMIN, email="ada@fennmark.example")
    seat_subscribers()
    an_agreement()
    ensure_default_rules(at=AT)
    a_default_pool(a_rep("Teo"))
    campaign = a_campaign(code="spring", starts_on=date(2026, 1, 1))
    a_cost(campaign=campaign)
    person = a_person(full_name="Ann Lund", campaign="spring", company=a_company(name="Fenn"))
    CampaignMember.objects.create(campaign=campaign, person=person, status="reached", at=AT)
    qualify_person(person_id=person.pk, at=AT, form=a_form_sent(person))
    now = timezone.now()
    a_deal(person=person, owner=ada, next_step="")
    win_deal(deal=a_deal(person=person, owner=ada, at=now), by=ada, at=now)
    drain_background()


@pytest.fixture
def admin(house):
    """Fresh: a user keeps what was read once."""
    return User.objects.get(email="ada@fennmark.example")


@pytest.fixture
def made(monkeypatch):
    """Where SQL was made; that within other SQL is a part of it."""
    places: list[str] = []
    inner: list[SQLCompiler] = []
    as_sql = SQLCompiler.as_sql

    def noted(compiler, *args, **rest):
        if not inner:
            stack = traceback.extract_stack()[:-1]
            ours = [one for one in stack if "/site-packages/" not in one.filename]
            places.append(f"{ours[-1].filename}:{ours[-1].lineno}")
        inner.append(compiler)
        try:
            return as_sql(compiler, *args, **rest)
        finally:
            inner.pop()

    monkeypatch.setattr(SQLCompiler, "as_sql", noted)
    return places


@pytest.mark.parametrize("role", Role)
def test_first_page_of_the_day_asks_in_words_that_are_kept(house, made, signed_in, role):
    team = create_team(name="North")
    client = signed_in(
        create_user(name="Sam", role=role, email=f"{role.value}@fennmark.example", team=team)
    )
    client.get("/")
    made.clear()

    assert client.get("/").status_code == 200
    assert made == []


@pytest.mark.parametrize("kind", RECORDS)
def test_page_of_a_record_asks_in_words_that_are_kept(house, made, signed_in, admin, kind):
    client = signed_in(admin)
    for record in RECORDS[kind].objects.all():
        client.get(record.get_absolute_url())
        made.clear()

        assert client.get(record.get_absolute_url()).status_code == 200
        assert made == []


def test_palette_asks_in_words_that_are_kept_whatever_is_typed(house, made, signed_in, admin):
    client = signed_in(admin)
    for record in (Person.objects.get(), Company.objects.get(), Deal.objects.all()[0]):
        client.get(record.get_absolute_url())  # they are its recents
    texts = ["", "a", "lund", "fenn ann"]
    for text in texts:
        client.get("/palette/", {"q": text})
    made.clear()

    pages = [client.get("/palette/", {"q": text}).content.decode() for text in [*texts, "spr", "x"]]

    assert made == []
    assert [page.count("Ann Lund") for page in pages[:4]]


@pytest.mark.parametrize("role", [Role.OWNER, Role.REP, Role.HEAD_OF_SALES])
@pytest.mark.parametrize("few", [2_000, 0])  # found ones are named by ids, or met in their order
@pytest.mark.parametrize("name", LISTS)
def test_list_asks_in_words_that_are_kept_narrowed_too(
    house, made, signed_in, monkeypatch, role, few, name
):
    monkeypatch.setattr("baton.core.ui.found.FEW", few)
    user = create_user(
        name="Sam", role=role, email="sam@fennmark.example", team=create_team(name="North")
    )
    client, url, typed = signed_in(user), *LISTS[name]
    filtered = f"{url}{urlencode({'filter': FILTERS[name]})}&"
    for address in (url, filtered, *(f"{at}q={one}" for at in (url, filtered) for one in typed)):
        client.get(address)
    made.clear()

    texts = [f"{at}q={one[:-1]}" for at in (url, filtered) for one in typed]
    answers = [client.get(address) for address in (url, filtered, *texts)]

    assert {answer.status_code for answer in answers} == {200}
    assert made == []
