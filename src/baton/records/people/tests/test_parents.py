"""The company that a company belongs to: chosen by name, never in a ring."""

import json

import pytest
from django.urls import reverse

from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.records.people.actions import CompaniesInARing, edit_company
from baton.records.people.models import Company
from baton.records.people.tests.factories import AT, a_company

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HTMX = {"HX-Request": "true"}
API = "/api/v1/people/companies/"


def typed(client, company, name, *, was=""):
    url = reverse("people:edit-company", args=[company.key, "parent"])
    return client.post(url, {"value": name, "was": was}, headers=HTMX)


def belongs(company, parent):
    edit_company(company=company, values={"parent": parent}, version=None, by=None, at=AT)


def parent_of(company):
    return Company.objects.get(pk=company.pk).parent


def test_parent_is_chosen_by_name_and_both_pages_lead_to_each_other(signed_in, rep):
    group, branch = a_company(name="Halden Group", owner=rep), a_company(name="Oslo", owner=rep)
    client = signed_in(rep)

    answer = typed(client, branch, "halden group")

    assert parent_of(branch) == group
    assert group.get_absolute_url() in answer.content.decode()
    assert "Halden Group" in client.get(branch.get_absolute_url()).content.decode()
    assert branch.get_absolute_url() in client.get(group.get_absolute_url()).content.decode()


def test_parent_is_taken_back_by_the_history(signed_in, rep):
    a_company(name="Halden Group", owner=rep)
    branch = a_company(name="Oslo", owner=rep)
    typed(signed_in(rep), branch, "Halden Group")

    undo(batch=Change.objects.get(verb="edited").batch, by=rep, at=AT)

    assert parent_of(branch) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Oslo", "A company cannot belong to itself."),
        ("Harbour", "“Harbour” belongs to “Oslo” already, so it cannot stand above it."),
        ("Nowhere", "There is no company “Nowhere”. Write the name of one that is here."),
        ("Hidden", "There is no company “Hidden”. Write the name of one that is here."),
    ],
)
def test_ring_and_what_nobody_sees_are_refused_in_one_sentence(
    signed_in, rep, outsider, name, words
):
    top, middle, low = (a_company(name=one, owner=rep) for one in ("Oslo", "Port", "Harbour"))
    a_company(name="Hidden", owner=outsider)
    belongs(middle, top)
    belongs(low, middle)

    answer = typed(signed_in(rep), top, name)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert parent_of(top) is None


def test_ring_is_found_however_long_it_is_and_in_one_that_stands_already():
    one, two, three = a_company(), a_company(), a_company()
    Company.objects.filter(pk=one.pk).update(parent=two)
    Company.objects.filter(pk=two.pk).update(parent=one)

    belongs(three, one)

    with pytest.raises(CompaniesInARing):
        belongs(one, three)


def test_name_of_a_hidden_parent_is_not_shown(signed_in, rep, outsider, api_client):
    branch = a_company(name="Oslo", owner=rep, parent=a_company(name="Secret AG", owner=outsider))

    page = signed_in(rep).get(branch.get_absolute_url()).content.decode()
    told = api_client(rep).get(f"{API}{branch.key}/").json()

    assert "Secret AG" not in page
    assert told["parent"] is None


def test_parent_is_named_by_key_in_the_api_and_asked_by_filters(api_client, admin, outsider):
    group, branch, client = a_company(name="Halden Group"), a_company(), api_client(admin)
    change = {"version": branch.version, "parent": str(group.key)}

    saved = client.patch(f"{API}{branch.key}/", change, content_type="application/json")
    tree = {"field": "company.parent", "op": "is", "value": "Halden Group"}
    found = client.get(API, {"filter": json.dumps(tree)}).json()
    ring = client.patch(
        f"{API}{group.key}/",
        {"version": group.version, "parent": str(branch.key)},
        content_type="application/json",
    )

    assert saved.json()["parent"] == {"key": str(group.key), "name": "Halden Group"}
    assert [row["key"] for row in found["items"]] == [str(branch.key)]
    assert ring.status_code == 409


@pytest.mark.parametrize("many", [1, 5])
def test_companies_of_the_api_cost_the_same_with_parents(
    api_client, admin, django_assert_num_queries, many
):
    client, group = api_client(admin), a_company()
    for _ in range(many):
        a_company(parent=group)
    client.get(API)

    with django_assert_num_queries(6):
        shown = client.get(API).json()["items"]

    assert sum(row["parent"] is not None for row in shown) == many
