"""Who may not, and what cannot be asked."""

import pytest

from baton.insight.analytics.tests.factories import a_deal, a_lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LOOP, PIPELINE = "/insight/closed-loop/", "/insight/pipeline/"
PAGES = (
    LOOP,
    PIPELINE,
    f"{LOOP}people/",
    f"{PIPELINE}deals/",
    f"{LOOP}export/",
    f"{PIPELINE}export/",
)


@pytest.mark.parametrize("page", [LOOP, f"{LOOP}people/", PIPELINE, f"{PIPELINE}deals/"])
def test_stranger_is_sent_to_sign_in(page, client):
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("page", [f"{LOOP}export/", f"{PIPELINE}export/"])
def test_rep_may_not_export(page, rep, signed_in):
    assert signed_in(rep).get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_role_that_is_none_of_ours_sees_nothing(page, admin, signed_in):
    admin.role = "guest"
    admin.save()

    assert signed_in(admin).get(page).status_code == 403


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("by=moon", "cannot be grouped by “moon”"),
        ("from=yesterday", "“yesterday” is no date. Write it like 2026-01-31."),
        ("from=2026-02-30", "“2026-02-30” is no date."),
        ("to=9999-12-31", "Choose days from 1970 to 2199."),
        ("from=0001-01-01", "Choose days from 1970 to 2199."),
        ("from=2026-03-02&to=2026-03-01", "The first day lies after the last one."),
        ("basis=luck", "by cohort or by event, not by “luck”"),
        ("column=moon", "no column “moon”"),
        ("only=some", "cannot be narrowed to “some”"),
        ("kind=party", "not on “party”"),
        (f"group={'x' * 300}", "at most 250 characters"),
        ("by=%3Cscript%3E", "cannot be grouped by “&lt;script&gt;”"),
    ],
)
def test_address_that_cannot_be_asked_gets_a_sentence(asked, sentence, admin, signed_in):
    client = signed_in(admin)

    answer = client.get(f"{LOOP}people/?{asked}")

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "asked", ["by=moon", "from=x", "to=x", "by=", "sort=moon", "basis=", "q=%25"]
)
def test_no_address_breaks_a_page(page, asked, admin, signed_in):
    a_deal(a_lead(), state="won")

    assert signed_in(admin).get(f"{page}?{asked}").status_code in (200, 422)


@pytest.mark.parametrize("key", ["nobody", "01a20286-1452-7238-be0f-86f950122b51", "1"])
def test_unknown_key_of_a_group_is_not_found(key, admin, signed_in):
    client = signed_in(admin)

    statuses = [
        client.get(f"{LOOP}people/?by=rep&group={key}").status_code,
        client.get(f"{PIPELINE}deals/?by=company&group={key}").status_code,
    ]

    assert statuses == [404, 404]


def test_outsider_does_not_learn_of_another_teams_company(rep, outsider, signed_in):
    deal = a_deal(None, owner=rep)
    secret = a_lead(owner=rep)
    url = f"{PIPELINE}deals/?by=rep&group={rep.key}"

    statuses = [signed_in(user).get(url).status_code for user in (rep, outsider)]
    people = signed_in(outsider).get(f"{LOOP}people/").content.decode()

    assert statuses == [200, 404]
    assert secret.full_name not in people
    assert deal.name not in people
