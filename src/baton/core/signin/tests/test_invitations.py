from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from baton.core.access.actions import EmailTaken, UnknownRole, create_user, trash_team
from baton.core.access.models import User
from baton.core.changes.models import Change
from baton.core.signin.actions import (
    AlreadyInvited,
    InvitationGone,
    accept_invitation,
    invite,
    renew_invitation,
    revoke_invitation,
)
from baton.core.signin.models import Invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
GOOD = {
    "name": "Eva Holt",
    "password": "a quiet harbour",
    "again": "a quiet harbour",
    "zone": "Asia/Tokyo",
}


@pytest.fixture
def ask(admin, north):
    def invited(email="eva@fennmark.example", role="rep", at=None):
        at = at or timezone.now()
        return invite(email=email, name="Eva", role=role, team=north, by=admin, at=at)

    return invited


def test_the_invited_set_name_password_and_zone_and_are_in(ask, north, admin):
    _row, secret = ask()
    browser = Client()

    page = browser.get(f"/invited/{secret}/")
    answer = browser.post(f"/invited/{secret}/", GOOD)

    eva = User.objects.get(email="eva@fennmark.example")
    assert (page.status_code, answer.status_code, answer["location"]) == (200, 302, "/")
    assert "You sign in as eva@fennmark.example" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert (eva.name, eva.role, eva.team, eva.zone) == ("Eva Holt", "rep", north, "Asia/Tokyo")
    assert (eva.check_password(GOOD["password"]), get_user(browser)) == (True, eva)
    assert Change.objects.get(cause="invitation").by == admin


def test_opening_the_link_uses_nothing_up(ask):
    row, secret = ask()

    for _look in range(2):
        assert Client().get(f"/invited/{secret}/").status_code == 200
    row.refresh_from_db()
    assert row.used_at is None


def test_link_works_once(ask):
    _row, secret = ask()
    Client().post(f"/invited/{secret}/", GOOD)

    again = Client().post(f"/invited/{secret}/", GOOD | {"name": "Mallory"})

    assert again.status_code == 404
    assert "closed" in again.content.decode()
    assert not User.objects.filter(name="Mallory").exists()


def test_link_is_closed_after_seven_days_when_revoked_renewed_or_made_up(ask):
    now = timezone.now()
    _old, too_old = ask("a@fennmark.example", at=now - timedelta(days=7, minutes=1))
    row, revoked = ask("b@fennmark.example")
    revoke_invitation(invitation=row, at=now)
    row, replaced = ask("c@fennmark.example")
    fresh = renew_invitation(invitation=row, at=now)

    links = (too_old, revoked, replaced, "made-up", fresh)
    answers = [Client().get(f"/invited/{link}/").status_code for link in links]

    assert answers == [404, 404, 404, 404, 200]


def test_secret_is_kept_as_a_digest(ask):
    row, secret = ask()

    assert secret not in "".join(map(str, Invitation.objects.values_list().get(pk=row.pk)))


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"password": "short", "again": "short"}, "too short"),
        ({"again": "another harbour"}, "another password than above"),
        ({"password": "eva@fennmark", "again": "eva@fennmark"}, "similar"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"name": ""}, "required"),
    ],
)
def test_bad_answers_come_back_with_the_form(ask, over, words):
    _row, secret = ask()

    answer = Client().post(f"/invited/{secret}/", GOOD | over)

    assert (answer.status_code, User.objects.filter(role="rep").exists()) == (422, False)
    assert words in answer.content.decode()


def test_second_invitation_of_a_mail_is_refused_while_one_is_open(ask):
    row, _secret = ask()

    with pytest.raises(AlreadyInvited):
        ask("EVA@fennmark.example")

    revoke_invitation(invitation=row, at=timezone.now())
    assert ask()


def test_mail_that_has_an_account_is_not_invited_nor_accepted(ask, rep):
    with pytest.raises(EmailTaken, match="already has an account"):
        ask(rep.email)
    with pytest.raises(UnknownRole):
        ask(role="emperor")

    _row, secret = ask()
    create_user(name="Eva", role="viewer", email="eva@fennmark.example")
    answer = Client().post(f"/invited/{secret}/", GOOD)

    assert (answer.status_code, User.objects.filter(role="rep").count()) == (422, 1)


def test_of_two_who_accept_at_once_one_does(ask):
    _row, secret = ask()
    said = {"secret": secret, "name": "Eva", "password": "x", "zone": "", "at": timezone.now()}
    accept_invitation(**said)

    with pytest.raises(InvitationGone):
        accept_invitation(**said)
    assert User.objects.filter(name="Eva").count() == 1


def test_used_invitation_is_neither_renewed_nor_revoked(ask):
    row, secret = ask()
    now = timezone.now()
    made = accept_invitation(secret=secret, name="Eva", password="x", zone="", at=now)
    made.delete()

    with pytest.raises(InvitationGone):
        renew_invitation(invitation=row, at=now)
    assert revoke_invitation(invitation=row, at=now) is False


def test_team_that_is_gone_meanwhile_is_no_obstacle(ask, north):
    _row, secret = ask()
    now = timezone.now()
    trash_team(team=north, at=now)

    eva = accept_invitation(secret=secret, name="Eva", password="x", zone="", at=now)

    assert eva.team is None
