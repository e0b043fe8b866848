"""Somebody leaves: what lies with them is named, found and given on."""

import pytest
from django.urls import reverse

from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def left(browser, user):
    """The answer to taking away their tick, and the page that it leads to."""
    url = reverse("administration:user", args=[user.key])
    form = {"name": user.name, "email": user.email, "role": user.role, "zone": "", "team": ""}
    return browser.post(url, form, follow=True)


def test_what_lies_with_who_leaves_is_named_and_opened(admin, rep, colleague, signed_in):
    a_company(name="Halden", owner=rep)
    ann = a_person(owner=rep, full_name="Ann")
    a_deal(by=rep, person=ann, name="Hall")
    a_person(owner=colleague, full_name="Bo")
    browser = signed_in(admin)

    held = left(browser, rep).context["held"]

    assert [(one.label, one.words) for one in held] == [
        ("Open deals", "1"),
        ("People", "1"),
        ("Companies", "1"),
    ]
    shown = [browser.get(one.url).context["list"].rows for one in held]
    assert [[str(row.object) for row in rows] for rows in shown] == [["Hall"], ["Ann"], ["Halden"]]


def test_who_leaves_nothing_behind_leads_back_to_the_users(admin, rep, signed_in):
    answer = left(signed_in(admin), rep)

    assert answer.redirect_chain == [(reverse("administration:users"), 302)]
