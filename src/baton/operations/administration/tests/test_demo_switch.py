"""Who may be one of the demo's people, and who may not."""

import logging
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from baton.core.access.actions import create_user, edit_user, set_password
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.changes.models import Change
from baton.core.demo.actions import note_roots, remove_story
from baton.core.demo.models import DemoRow
from baton.core.demo.queries import demo_logins
from baton.core.demo.slots import Story
from baton.operations.administration.demo import tell_company

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BE = "/demo/be/"
BACK = "/demo/back/"
EDITS: dict[str, dict[str, Any]] = {
    "mail": {"email": "m@coldwick.example"},
    "role": {"role": Role.ADMIN},
    "no sign-in": {"is_active": False},
}


@pytest.fixture
def cast(db):
    """The demo's users by first name; nobody else is here yet."""
    story = Story(at=AT, dice=Random(7))
    tell_company(story)
    note_roots(story)
    return story.cast["users"]


@pytest.fixture
def ada(cast):
    """A real admin beside them."""
    return create_user(name="Ada", role=Role.ADMIN, email="ada@coldwick.example", password="a")


def who(browser: Client) -> str:
    user = get_user(browser)
    return user.name if isinstance(user, User) else ""


def be(browser: Client, user: User) -> int:
    return browser.post(BE, {"who": str(user.key)}).status_code


def test_one_press_makes_mara_of_teo_where_all_is_demo(cast, signed_in):
    browser = signed_in(cast["teo"])

    answer = browser.post(BE, {"who": str(cast["mara"].key)})

    assert (answer.status_code, answer["location"], who(browser)) == (302, "/", "Mara Boyd")


def test_admin_is_anybody_of_the_demo_and_goes_back_to_themselves(cast, ada, signed_in):
    browser = signed_in(ada)

    seen = []
    for name in ("mara", "teo", "olga"):
        be(browser, cast[name])
        seen.append(who(browser))
    browser.post(BACK)

    assert (seen, who(browser)) == (["Mara Boyd", "Teo Nilsson", "Olga Brandt"], "Ada")


def test_switch_has_a_new_session_and_takes_nothing_along(cast, ada, signed_in):
    browser = signed_in(ada)
    session = browser.session
    session["noted"] = "something"
    session.save()
    before = session.session_key

    be(browser, cast["mara"])

    assert browser.session.session_key != before
    assert "noted" not in browser.session
    assert not browser.session.exists(before)


def test_switch_is_written_down_as_who_became_whom(cast, ada, signed_in, caplog):
    browser = signed_in(ada)

    with caplog.at_level(logging.INFO, logger="baton.core.demo.actions"):
        be(browser, cast["mara"])
        be(browser, cast["teo"])
        browser.post(BACK)

    told = Change.objects.filter(cause="demo").order_by("pk")
    assert [(one.before["name"], one.after["name"], one.by) for one in told] == [
        ("Ada", "Mara Boyd", ada),
        ("Mara Boyd", "Teo Nilsson", ada),
        ("Teo Nilsson", "Ada", ada),
    ]
    mara = cast["mara"].pk
    assert f"User {ada.pk} became user {mara} by the switch of user {ada.pk}" in caplog.messages


def test_who_became_whom_stays_when_the_demo_is_gone(cast, ada, signed_in):
    be(signed_in(ada), cast["mara"])

    remove_story()

    assert Change.objects.get(cause="demo").after == {"name": "Mara Boyd", "by": "Ada"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OWNER, Role.ADMIN}))
def test_real_colleague_who_is_not_in_charge_is_nobody_else(cast, ada, signed_in, role):
    colleague = create_user(name="Rae", role=role, email="rae@coldwick.example", password="r")
    browser = signed_in(colleague)

    assert ([be(browser, one) for one in cast.values()], who(browser)) == ([403] * 8, "Rae")


def test_demo_user_reaches_nobody_where_real_people_work(cast, ada, signed_in):
    """Else whoever knows the demo's password as Mara could read all as its owner."""
    browser = signed_in(cast["mara"])

    assert ([be(browser, cast["olga"]), be(browser, cast["teo"])], who(browser)) == (
        [403, 403],
        "Mara Boyd",
    )


def test_house_that_somebody_works_in_with_a_demo_account_is_no_demo(cast, signed_in):
    edit_user(user=cast["olga"], values={"email": "olga@coldwick.example"})

    assert be(signed_in(cast["mara"]), cast["ines"]) == 403


@pytest.mark.parametrize("name", ["ada", "rae"])
def test_real_account_is_never_switched_to(cast, ada, signed_in, name):
    rae = create_user(name="Rae", role=Role.VIEWER, email="rae@coldwick.example", password="r")
    browser = signed_in(ada)
    be(browser, cast["olga"])

    assert be(browser, {"ada": ada, "rae": rae}[name]) == 404
    assert who(browser) == "Olga Brandt"


@pytest.mark.parametrize("change", ["mail", "role", "password", "no sign-in"])
def test_account_that_somebody_took_over_is_not_the_demos_any_more(cast, ada, signed_in, change):
    mara = cast["mara"]
    if change == "password":
        set_password(user=mara, password="my very own")
    else:
        edit_user(user=mara, values=EDITS[change])

    assert be(signed_in(ada), mara) == 404
    assert mara not in demo_logins()


@pytest.mark.parametrize("end", ["role", "password", "no sign-in"])
def test_session_as_somebody_ends_with_the_right_to_it(cast, ada, signed_in, end):
    """An admin who is dismissed while being the demo's owner is not its owner ever after."""
    browser = signed_in(ada)
    be(browser, cast["olga"])
    if end == "password":
        set_password(user=ada, password="another")
    else:
        edit_user(user=ada, values={"role": Role.REP} if end == "role" else {"is_active": False})

    answer = browser.get("/settings/")

    assert (answer.status_code, answer["location"]) == (302, "/sign-in/?next=/settings/")
    assert who(browser) == ""


def test_session_as_the_demos_owner_ends_when_real_colleagues_come(cast, signed_in):
    """Mara of the demo became its owner while all was demo, and would have stayed it ever after."""
    browser = signed_in(cast["mara"])
    be(browser, cast["olga"])
    assert browser.get("/settings/").status_code == 200

    create_user(name="Ada", role=Role.ADMIN, email="ada@coldwick.example", password="a")

    assert (be(browser, cast["ines"]), browser.get("/settings/").status_code) == (302, 302)
    assert who(browser) == ""


@pytest.mark.parametrize("change", ["mail", "role"])
def test_session_ends_when_who_is_played_is_somebodys_by_now(cast, ada, signed_in, change):
    browser = signed_in(ada)
    be(browser, cast["mara"])

    edit_user(user=cast["mara"], values=EDITS[change])

    assert (browser.get("/people/").status_code, who(browser)) == (302, "")


def test_what_the_cast_did_as_others_is_told_of_who_signed_in(cast, signed_in):
    browser = signed_in(cast["mara"])

    be(browser, cast["olga"])
    be(browser, cast["teo"])

    told = Change.objects.filter(cause="demo").order_by("pk")
    assert [(one.after["name"], one.by) for one in told] == [
        ("Olga Brandt", cast["mara"]),
        ("Teo Nilsson", cast["mara"]),
    ]


def test_nothing_to_go_back_to_is_no_way_in(cast, ada, signed_in):
    assert signed_in(cast["mara"]).post(BACK).status_code == 404
    assert Client().post(BACK)["location"].startswith("/sign-in/")


def test_strangers_and_links_switch_nothing(cast):
    stranger = Client()

    assert stranger.post(BE, {"who": str(cast["olga"].key)})["location"].startswith("/sign-in/")
    assert who(stranger) == ""


def test_switch_wants_a_post_of_our_own_page(cast, ada):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada, backend="baton.core.access.backends.PasswordBackend")

    assert browser.get(BE, {"who": str(cast["mara"].key)}).status_code == 405
    assert be(browser, cast["mara"]) == 403
    assert who(browser) == "Ada"


@pytest.mark.parametrize("asked", ["", "x", "0190a000-0000-7000-8000-000000000000"])
def test_switch_to_nobody_is_no_page(cast, ada, signed_in, asked):
    assert signed_in(ada).post(BE, {"who": asked}).status_code == 404


def test_switch_is_refused_once_the_demo_is_gone(cast, ada, signed_in):
    browser, mara = signed_in(ada), cast["mara"]
    teo = signed_in(cast["teo"])

    remove_story()

    assert (be(browser, mara), who(browser)) == (404, "Ada")
    assert (teo.get("/").status_code, who(teo)) == (302, "")


def test_old_demo_without_seals_has_no_switch(cast, ada, signed_in):
    """What it was like nobody noted, so nobody can tell whether it is somebody's by now."""
    DemoRow.objects.update(seal="")

    assert be(signed_in(ada), cast["mara"]) == 404


def page_of(browser: Client) -> str:
    return browser.get("/people/").content.decode()


def test_shell_shows_the_switch_to_those_who_may(cast, ada, signed_in, company):
    rae = create_user(name="Rae", role=Role.VIEWER, email="rae@coldwick.example", password="r")

    admins, mara, outsider = (page_of(signed_in(one)) for one in (ada, cast["mara"], rae))

    assert "Be Mara (marketing)" in admins
    assert "Be Teo (sales)" in admins
    assert "Nora Ellis, Sales manager" in admins
    assert reverse("administration:end-demo") in admins
    assert ("made up" in mara, "Be Teo" in mara, "settings/demo" in mara) == (True, False, False)
    assert "made up" not in outsider


def test_shell_says_nothing_without_a_demo(admin, signed_in, company):
    assert "made up" not in page_of(signed_in(admin))


def test_who_plays_somebody_sees_the_way_back(cast, ada, signed_in):
    browser = signed_in(ada)
    be(browser, cast["mara"])

    page = page_of(browser)

    assert "Back to Ada" in page
    assert 'aria-pressed="true">Be Mara (marketing)' in page
