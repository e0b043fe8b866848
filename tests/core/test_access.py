import pytest
from axes.models import AccessAttempt, AccessLog
from django.urls import reverse

from baton.core.access.actions import (
    EmailTaken,
    UnknownRole,
    create_user,
    ensure_imported_users,
    set_password,
    share,
    unshare,
)
from baton.core.access.mails import folded
from baton.core.access.models import User
from baton.core.access.tasks import prune_sign_ins
from baton.records.people.models import Company, Person
from baton.records.people.permissions import (
    DELETE_COMPANIES,
    DELETE_PEOPLE,
    EDIT_COMPANIES,
    EDIT_PEOPLE,
    EXPORT_PEOPLE,
)
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.records.timeline.actions import add_note

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PASSWORD = "correct horse battery"


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("signin:sign-in"), {"username": email, "password": password, **more})


@pytest.fixture
def counting(settings):
    """Elsewhere failures are not counted: tests fail often, and all from one address."""
    settings.AXES_ENABLED = True


def test_sign_in_by_mail_in_any_case_starts_a_fresh_session(client, company):
    create_user(name="Mara", role="marketer", email="Mara@fennmark.example", password=PASSWORD)
    client.get(reverse("signin:sign-in"))

    answer = sign_in(client, "mara@FENNMARK.example")

    assert (answer.status_code, answer["location"]) == (302, "/")
    assert client.session["_auth_user_id"]


@pytest.mark.parametrize(
    ("email", "password"), [("mara@fennmark.example", "wrong"), ("nobody@fennmark.example", "x")]
)
def test_wrong_password_and_unknown_mail_get_the_same_answer(client, email, password):
    create_user(name="Mara", role="marketer", email="mara@fennmark.example", password=PASSWORD)

    answer = sign_in(client, email, password)

    assert answer.status_code == 422
    assert "do not match" in answer.content.decode()


@pytest.mark.usefixtures("company", "counting")
def test_eighth_failure_closes_the_door_however_the_mail_is_spelt(client):
    create_user(name="Mia", role="marketer", email="mia@fennmark.example", password=PASSWORD)
    spellings = ["mia@x", "MIA@x", "Mia@x", "mIa@x", " mia@x", "miA@x", "MIa@x", "mIA@x"]

    tries = [sign_in(client, one.replace("x", "fennmark.example"), "no") for one in spellings]

    assert [answer.status_code for answer in tries] == [422] * 7 + [429]
    assert sign_in(client, "mia@fennmark.example").status_code == 429
    assert sign_in(client, "MiA@fennmark.EXAMPLE").status_code == 429


@pytest.mark.parametrize("spelt", ["Ida@x.example", " ida@x.example ", "\u0131da@x.example"])
def test_spellings_of_one_mail_are_one(spelt):
    assert folded(spelt) == "ida@x.example"


@pytest.mark.usefixtures("company", "counting")
def test_sign_ins_are_forgotten_after_a_month(client):
    create_user(name="Mia", role="marketer", email="mia@fennmark.example", password=PASSWORD)
    sign_in(client, "mia@fennmark.example", "wrong")
    sign_in(client, "nobody@fennmark.example", "wrong")
    sign_in(client, "mia@fennmark.example")
    AccessLog.objects.update(attempt_time=AT)
    AccessAttempt.objects.filter(username__startswith="mia").update(attempt_time=AT)

    prune_sign_ins.call()

    assert not AccessLog.objects.exists()
    assert AccessAttempt.objects.get().username == "nobody@fennmark.example"


def test_inactive_and_imported_users_cannot_sign_in(client):
    mara = create_user(name="M", role="marketer", email="m@fennmark.example", password=PASSWORD)
    mara.is_active = False
    mara.save()
    ensure_imported_users(source="crm", names={"7": "Imported"})

    assert sign_in(client, "m@fennmark.example").status_code == 422
    assert sign_in(client, "").status_code == 422
    assert User.objects.get(name="Imported").has_usable_password() is False


def test_sign_in_never_leads_to_another_site(client):
    create_user(name="M", role="marketer", email="m@fennmark.example", password=PASSWORD)

    answer = sign_in(client, "m@fennmark.example", next="https://evil.example/")

    assert answer["location"] == "/"


def test_stranger_is_sent_to_sign_in_and_back(client):
    answer = client.get("/people/?q=x")

    assert answer["location"] == f"{reverse('signin:sign-in')}?next=/people/%3Fq%3Dx"


def test_new_password_ends_other_sessions(rep, signed_in):
    browser = signed_in(rep)
    set_password(user=rep, password=PASSWORD)

    assert browser.get("/people/").status_code == 302


def test_sign_out_needs_a_post(rep, signed_in):
    browser = signed_in(rep)

    assert browser.get(reverse("signin:sign-out")).status_code == 405
    assert browser.post(reverse("signin:sign-out")).status_code == 302
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    ("theme", "back", "kept", "place"),
    [
        ("dark", "/people/", "dark", "/people/"),
        ("pink", "/people/", None, "/people/"),
        ("light", "https://evil.example/", "light", "/"),
    ],
)
def test_theme_is_kept_in_a_cookie(client, theme, back, kept, place):
    answer = client.post(reverse("access:theme"), {"theme": theme, "next": back})

    cookie = client.cookies.get("baton_theme")
    assert (cookie.value if cookie else None, answer["location"]) == (kept, place)


def test_mail_is_taken_once_whatever_its_case(rep):
    with pytest.raises(EmailTaken):
        create_user(name="Other", role="rep", email=str(rep.email).upper())


def test_unknown_role_is_refused():
    with pytest.raises(UnknownRole):
        create_user(name="X", role="emperor")


def test_share_opens_one_record_to_a_team_until_taken_back(rep, colleague, outsider, south):
    person, other = a_person(owner=rep), a_person(owner=rep)

    share(object_type="person", object_id=person.pk, team=south, cause="handoff", at=AT)
    share(object_type="person", object_id=person.pk, team=south, cause="handoff", at=AT)

    assert list(Person.objects.visible_to(outsider)) == [person]
    assert list(Person.objects.visible_to(outsider, EDIT_PEOPLE)) == [person]
    assert set(Person.objects.visible_to(colleague)) == {person, other}

    unshare(object_type="person", object_ids=[person.pk], cause="handoff")
    assert list(Person.objects.visible_to(outsider)) == []


def test_what_is_shared_or_nobodys_may_be_worked_on_but_not_deleted_or_taken_away(outsider, south):
    """A lead that is only offered is not the team's to delete."""
    person, company = a_person(), a_company()
    share(object_type="person", object_id=person.pk, team=south, cause="handoff", at=AT)

    assert Person.objects.visible_to(outsider, EDIT_PEOPLE).exists()
    assert Company.objects.visible_to(outsider, EDIT_COMPANIES).get() == company
    assert not Person.objects.visible_to(outsider, DELETE_PEOPLE).exists()
    assert not Person.objects.visible_to(outsider, EXPORT_PEOPLE).exists()
    assert not Company.objects.visible_to(outsider, DELETE_COMPANIES).exists()


def test_share_for_looking_is_not_for_editing(rep, outsider):
    person = a_person(owner=rep)

    share(
        object_type="person", object_id=person.pk, user=outsider, cause="x", at=AT, may_edit=False
    )

    assert list(Person.objects.visible_to(outsider)) == [person]
    assert list(Person.objects.visible_to(outsider, EDIT_PEOPLE)) == []


@pytest.mark.parametrize(("own", "shown"), [("", "Teo, 10:00"), ("Asia/Tokyo", "Teo, 18:00")])
def test_times_are_read_in_the_own_zone_else_the_companys(company, rep, signed_in, own, shown):
    rep.zone = own
    rep.save()
    person = a_person(owner=rep)
    add_note(person=person, body="Called back", by=rep, at=AT)

    page = signed_in(rep).get(person.get_absolute_url()).content.decode()

    assert shown in page


def test_page_is_given_the_user_themselves_not_a_wrapping_that_looks_them_up(signed_in, rep):
    request = signed_in(rep).get(reverse("people:list")).wsgi_request

    assert type(request.user) is User
    assert request.user == rep
