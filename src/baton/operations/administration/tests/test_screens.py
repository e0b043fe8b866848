import pytest
from django.urls import reverse

from baton.core.access.models import ApiKey, User
from baton.core.settings.queries import organisation
from baton.core.worktime.rules import holiday_places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PLACES = ("company", "users", "new-user", "teams", "new-team", "rates", "keys")


@pytest.mark.parametrize("place", PLACES)
def test_settings_open_for_admins_only(admin, rep, marketer, signed_in, place):
    address = reverse(f"administration:{place}")

    assert signed_in(admin).get(address).status_code == 200
    assert signed_in(rep).get(address).status_code == 403
    assert signed_in(marketer).get(address).status_code == 403


def user_form(**over):
    return {"name": "Ravi Patel", "email": "ravi@fennmark.example", "role": "rep", **over}


def test_new_user_gets_a_password_that_is_shown_once(admin, signed_in, client):
    answer = signed_in(admin).post(
        reverse("administration:new-user"),
        user_form(is_active="on", zone="", team="", country="DE-BY"),
    )

    ravi = User.objects.get(email="ravi@fennmark.example")
    password = answer.context["password"]
    assert (password in answer.content.decode(), ravi.check_password(password)) == (True, True)
    assert ravi.country == "DE-BY"


def test_every_place_whose_holidays_are_offered_can_be_kept(admin, signed_in):
    longest = max((place for place, _name in holiday_places()), key=len)
    browser = signed_in(admin)

    browser.post(reverse("administration:new-user"), user_form(is_active="on", country=longest))
    said = {"name": "X", "zone": "UTC", "base_currency": "EUR", "country": longest}
    browser.post(reverse("administration:company"), said)

    ravi = User.objects.get(email="ravi@fennmark.example")
    assert (ravi.country, organisation().country) == (longest, longest)


def test_new_password_is_asked_about_first(admin, rep, signed_in):
    page = signed_in(admin).get(reverse("administration:user", args=[rep.key])).content.decode()

    assert f'data-confirm="Make a new password for {rep.name}?' in page


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"email": "ada@fennmark.example"}, "Somebody else signs in"),
        ({"role": "emperor"}, "Select a valid choice"),
        ({"name": ""}, "required"),
    ],
)
def test_bad_user_is_refused_with_the_form(admin, signed_in, over, words):
    answer = signed_in(admin).post(reverse("administration:new-user"), user_form(**over))

    assert (answer.status_code, User.objects.count()) == (422, 1)
    assert words in answer.content.decode()


def test_user_who_may_no_longer_sign_in_is_out_at_once(admin, rep, signed_in):
    browser = signed_in(rep)

    signed_in(admin).post(
        reverse("administration:user", args=[rep.key]),
        user_form(name=rep.name, email=rep.email, zone="", team=rep.team_id),
    )

    assert browser.get("/people/").status_code == 302


def test_key_is_made_shown_once_and_revoked(admin, signed_in):
    browser, address = signed_in(admin), reverse("administration:keys")

    made = browser.post(address, {"name": "n8n", "user": admin.pk, "scopes": ["people.view"]})

    row = ApiKey.objects.get()
    assert made.context["secret"] in made.content.decode()
    assert made.context["secret"] not in browser.get(address).content.decode()
    assert row.scopes == ["people.view"]

    browser.post(reverse("administration:revoke-key", args=[row.key]))
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_company_is_saved_or_refused_in_words(admin, signed_in):
    browser, address = signed_in(admin), reverse("administration:company")

    said = {"name": "X", "zone": "Asia/Tokyo", "base_currency": "jpy", "country": "JP"}
    bad = [browser.post(address, said | {"base_currency": "euro"})]
    bad += [browser.post(address, said | {"country": "Atlantis"})]
    good = browser.post(address, said)

    assert ([one.status_code for one in bad], good.status_code) == ([422, 422], 302)
    saved = organisation()
    assert (saved.zone, saved.base_currency, saved.country) == ("Asia/Tokyo", "JPY", "JP")


def test_user_who_is_let_in_again_signs_in_anew(admin, rep, signed_in):
    """A session of before would else live on with whoever has the device now."""
    browser, address = signed_in(rep), reverse("administration:user", args=[rep.key])
    said = user_form(name=rep.name, email=rep.email, zone="", team=rep.team_id)

    signed_in(admin).post(address, said)
    signed_in(admin).post(address, said | {"is_active": "on"})

    assert browser.get("/people/").status_code == 302


def test_own_networks_and_machines_are_read_and_vague_ones_refused(signed_in, admin, company):
    client, address = signed_in(admin), reverse("administration:company")
    said = {"name": "Fennmark", "zone": "Europe/Berlin", "base_currency": "EUR"}

    typed = {"own_networks": "203.0.113.7/24, 2001:db8::/48", "own_machines": "Uptime-Check"}
    kept = client.post(address, {**said, **typed})
    vague = client.post(address, {**said, "own_networks": "0.0.0.0/0"})
    short = client.post(address, {**said, "own_machines": "a"})
    everybody = client.post(address, {**said, "own_machines": "uptime-check, Mozilla"})

    company.refresh_from_db()
    assert (kept.status_code, vague.status_code, short.status_code) == (302, 422, 422)
    assert everybody.status_code == 422
    assert "“mozilla” may stand in any browser&#x27;s name." in everybody.content.decode()
    assert company.own_networks == ["203.0.113.0/24", "2001:db8::/48"]
    assert company.own_machines == ["uptime-check"]
    assert "“0.0.0.0/0” is no network of one company." in vague.content.decode()


def test_own_domains_are_read_and_private_providers_refused(signed_in, admin, company):
    client, address = signed_in(admin), reverse("administration:company")
    said = {"name": "X", "zone": "UTC", "base_currency": "EUR"}

    kept = client.post(address, {**said, "own_domains": "https://X.example, y.example ,x.example"})
    refused = client.post(address, {**said, "own_domains": "gmail.com"})

    company.refresh_from_db()
    assert (kept.status_code, refused.status_code) == (302, 422)
    assert company.own_domains == ["x.example", "y.example"]
    assert "“gmail.com” is no domain of one company." in refused.content.decode()


def test_pages_with_prices_are_read_in_one_way(signed_in, admin, company):
    client, address = signed_in(admin), reverse("administration:company")
    said = {"name": "X", "zone": "UTC", "base_currency": "EUR"}

    kept = client.post(address, {**said, "price_pages": "https://x.example/Pricing/, pricing"})
    refused = client.post(address, {**said, "price_pages": "a" * 201})

    company.refresh_from_db()
    assert (kept.status_code, refused.status_code) == (302, 422)
    assert company.price_pages == ["/pricing"]
