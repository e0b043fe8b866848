"""A person or a company is opened to a colleague from its page, and over the API."""

import pytest
from django.urls import reverse

from baton.core.access.actions import share
from baton.core.access.models import Share
from baton.core.colleagues.queries import name_of
from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(rep):
    return a_person(full_name="Ann Lund", owner=rep)


def share_url(person, name="share"):
    return reverse(f"colleagues:{name}", args=["person", person.key])


def told(user):
    return list(Notice.objects.of(user).values_list("kind", "what"))


def test_colleague_finds_what_is_shared_in_lists_search_and_api(
    signed_in, api_client, rep, outsider, person, run_background
):
    assert signed_in(outsider).get(person.get_absolute_url()).status_code == 404

    signed_in(rep).post(share_url(person), {"who": name_of(outsider), "may": "look"})
    run_background()

    client = signed_in(outsider)
    assert "Ann Lund" in client.get(reverse("people:list")).content.decode()
    assert "Ann Lund" in client.get(reverse("people:list"), {"q": "lund"}).content.decode()
    page = client.get(person.get_absolute_url()).content.decode()
    assert "Shared with Otto" in page
    assert share_url(person) not in page
    found = api_client(outsider).get("/api/v1/people/").json()["items"]
    assert [one["full_name"] for one in found] == ["Ann Lund"]
    assert told(outsider) == [("record.shared", "Ann Lund")]
    assert told(rep) == []


def test_may_edit_says_whether_they_may_change_and_share_it(signed_in, rep, outsider, person):
    for may, status in (("look", 404), ("edit", 200)):
        signed_in(rep).post(share_url(person), {"who": name_of(outsider), "may": may})

        assert signed_in(outsider).get(share_url(person)).status_code == status

    assert Share.objects.count() == 1


def test_team_is_let_in_and_each_of_them_told(signed_in, rep, outsider, person, run_background):
    signed_in(rep).post(share_url(person), {"who": name_of(outsider.team)})
    run_background()

    assert signed_in(outsider).get(person.get_absolute_url()).status_code == 200
    assert told(outsider) == [("record.shared", "Ann Lund")]


def test_page_says_to_whom_it_is_open_and_why(signed_in, rep, outsider, person):
    share(object_type="person", object_id=person.pk, team=outsider.team, cause="handoff", at=AT)
    signed_in(rep).post(share_url(person), {"who": name_of(outsider), "may": "edit"})

    page = signed_in(rep).get(share_url(person)).content.decode()

    assert "South (team)" in page
    assert "Shared by Teo" in page
    assert page.count(share_url(person, "unshare")) == 2  # of the one by hand: action, hx-post


def test_take_back_leaves_other_causes_and_can_be_undone(
    signed_in, rep, outsider, person, run_background
):
    share(object_type="person", object_id=person.pk, user=outsider, cause="handoff", at=AT)
    client = signed_in(rep)
    client.post(share_url(person), {"who": name_of(outsider), "may": "edit"})
    client.post(share_url(person, "unshare"), {"who": name_of(outsider)})

    assert list(Share.objects.values_list("cause", flat=True)) == ["handoff"]

    client.post(f"{share_url(person)}?who={name_of(outsider)}&may=edit")

    assert Share.objects.get(cause="by hand").may_edit
    names = FactRecord.objects.filter(name__startswith="record.").order_by("pk")
    assert list(names.values_list("name", flat=True)) == [
        "record.shared",
        "record.unshared",
        "record.shared",
    ]


def test_undo_of_a_share_is_in_its_toast(signed_in, rep, outsider, person):
    client = signed_in(rep)

    page = client.post(share_url(person), {"who": name_of(outsider)}, follow=True)

    assert f"{share_url(person, 'unshare')}?who=user%3A{outsider.key}" in page.content.decode()


@pytest.mark.parametrize("who", ["", "user:nobody", "team:", "x"])
def test_nobody_to_share_with_is_asked_for_again(signed_in, rep, person, who):
    answer = signed_in(rep).post(share_url(person), {"who": who})

    assert answer.status_code == 422
    assert not Share.objects.exists()


def test_who_may_not_edit_does_not_share(signed_in, rep, outsider, person):
    company = a_company(owner=rep)
    url = reverse("colleagues:share", args=["company", company.key])

    assert signed_in(outsider).get(url).status_code == 404
    assert signed_in(outsider).post(share_url(person), {"who": name_of(rep)}).status_code == 404
    assert signed_in(outsider).post(share_url(person, "unshare")).status_code == 404
    assert signed_in(rep).get(share_url(person).replace("person", "ship")).status_code == 404


def test_share_over_the_api(api_client, rep, outsider, person):
    client, base = api_client(rep), f"/api/v1/colleagues/person/{person.key}/shares/"
    url = f"{base}{outsider.key}/"

    given = client.put(url, {"may_edit": True}, "application/json").json()["items"]

    assert [(one["user"], one["may_edit"], one["cause"]) for one in given] == [
        (str(outsider.key), True, "by hand")
    ]
    assert client.get(base).json()["items"] == given
    assert client.put(f"{base}{rep.key}/", {}, "application/json").status_code == 409
    assert client.put(f"{base}{person.key}/", {}, "application/json").status_code == 404
    assert client.delete(url).status_code == 204
    assert client.get(base).json()["items"] == []
    assert api_client(outsider).get(base).status_code == 404
