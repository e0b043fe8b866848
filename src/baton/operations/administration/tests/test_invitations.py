import pytest
from django.test import Client
from django.urls import reverse

from baton.core.signin.models import Invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
EVA = {"email": "eva@fennmark.example", "name": "Eva", "role": "rep"}


@pytest.fixture
def browser(admin, signed_in):
    return signed_in(admin)


@pytest.fixture
def place():
    return reverse("administration:invitations")


def test_link_is_shown_once_below_the_address_of_the_house(browser, place, settings):
    settings.SITE_URL = "https://crm.fennmark.example"

    made = browser.post(place, EVA, headers={"host": "localhost"})
    link = made.context["link"]

    assert link.startswith("https://crm.fennmark.example/invited/")
    assert link in made.content.decode()
    assert "Baton mails no invitations" in made.content.decode()
    assert "known on this computer only" not in made.content.decode()
    assert link not in browser.get(place).content.decode()
    assert Client().get(link.removeprefix(settings.SITE_URL)).status_code == 200
    settings.SITE_URL = "http://127.0.0.1:8000"
    told = browser.post(place, EVA | {"email": "max@fennmark.example"}).content.decode()
    assert "known on this computer only" in told


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"email": "ada@fennmark.example"}, "ada@fennmark.example already has an account"),
        ({"email": "no mail"}, "valid email address"),
        ({"role": "emperor"}, "Select a valid choice"),
    ],
)
def test_who_cannot_be_invited_is_refused_in_words(browser, place, over, words):
    answer = browser.post(place, EVA | over)

    assert (answer.status_code, Invitation.objects.exists()) == (422, False)
    assert words in answer.content.decode()


def test_open_invitations_stand_by_mail_and_name(browser, place):
    browser.post(place, EVA)
    browser.post(place, EVA | {"email": "max@fennmark.example", "name": ""})

    page = browser.get(place).content.decode()

    assert "Eva, Rep" in page
    assert [f"<b>{who}@fennmark.example</b>" in page for who in ("eva", "max")] == [True, True]


def test_open_invitation_gets_a_new_link_or_is_taken_back(browser, place, settings):
    first = browser.post(place, EVA).context["link"]
    row = Invitation.objects.get()

    second = browser.post(reverse("administration:renew-invitation", args=[row.key]))
    link = second.context["link"]
    opened = [
        Client().get(one.removeprefix(settings.SITE_URL)).status_code for one in (first, link)
    ]
    browser.post(reverse("administration:revoke-invitation", args=[row.key]))

    assert opened == [404, 200]
    assert Client().get(link.removeprefix(settings.SITE_URL)).status_code == 404
    assert "Nobody is invited" in browser.get(place).content.decode()


def test_users_page_says_how_many_are_open(browser, place):
    browser.post(place, EVA)

    assert "Invite (1)" in browser.get(reverse("administration:users")).content.decode()


def test_only_admins_invite(rep, signed_in, place):
    assert signed_in(rep).post(place, EVA).status_code == 403
    assert not Invitation.objects.exists()
