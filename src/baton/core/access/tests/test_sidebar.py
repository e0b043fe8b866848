"""Groups of the sidebar fold: by what a role needs least, then as each user left them."""

import re

import pytest

from baton.core.access.roles import Role

pytestmark = pytest.mark.django_db


def groups(client, url="/"):
    """Each heading of the sidebar that was drawn, and whether its group stands open."""
    page = client.get(url).content.decode()
    heads = re.findall(
        r'value="(\w+)" data-fold aria-expanded="(\w+)" aria-controls="side-\1"', page
    )
    return {name: state == "true" for name, state in heads}


def test_a_rep_begins_with_what_sales_works_in(company, rep, signed_in):
    found = groups(signed_in(rep))

    assert found == {"handoff": True, "relations": True, "marketing": False, "insight": False}


def test_who_owns_the_house_begins_with_all_of_it(company, admin, signed_in):
    assert set(groups(signed_in(admin)).values()) == {True}


def test_a_fold_is_remembered_for_its_user_alone(company, rep, colleague, signed_in):
    before = groups(signed_in(colleague))
    client = signed_in(rep)

    answer = client.post("/sidebar/", {"fold": "relations", "next": "/inbox/"})
    client.post("/sidebar/", {"open": "insight"}, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/inbox/")
    assert groups(client) == {
        "handoff": True,
        "relations": False,
        "marketing": False,
        "insight": True,
    }
    assert groups(signed_in(colleague)) == before


def test_the_group_of_the_page_stands_open(company, rep, signed_in):
    client = signed_in(rep)
    client.post("/sidebar/", {"fold": "relations"})

    assert groups(client, "/people/")["relations"]
    assert not groups(client)["relations"]


def test_all_can_be_opened_again_whatever_the_role(company, rep, signed_in):
    client = signed_in(rep)

    for group in ("marketing", "insight"):
        client.post("/sidebar/", {"open": group})

    rep.refresh_from_db()
    assert set(groups(client).values()) == {True}
    assert (rep.role, rep.folded) == (Role.REP, [])


@pytest.mark.parametrize("sent", [{}, {"fold": "top"}, {"open": "elsewhere"}, {"fold": "x" * 900}])
def test_what_is_no_group_changes_nothing(company, rep, signed_in, sent):
    answer = signed_in(rep).post("/sidebar/", {**sent, "next": "https://elsewhere.example/"})

    rep.refresh_from_db()
    assert (answer.headers["Location"], rep.folded) == ("/", None)


def test_a_stranger_folds_nothing(company, client):
    assert "/sign-in/" in client.post("/sidebar/", {"fold": "relations"}).headers["Location"]
