"""The demo goes by one press, after it was asked about."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.contrib.auth import get_user
from django.test import Client

from baton.core.access.actions import create_user, edit_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.demo.actions import note_roots
from baton.core.demo.models import DemoRow
from baton.core.demo.slots import Story
from baton.core.settings.models import Organisation
from baton.core.settings.queries import organisation
from baton.operations.administration.actions import FirstAdmin, end_demo
from baton.operations.administration.demo import tell_company
from baton.operations.administration.views import demo as demo_views
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
END = "/settings/demo/"
FIRST = {
    "company": "Coldwick",
    "name": "Ada Wick",
    "email": "ada@coldwick.example",
    "password": "quite a long one",
}


@pytest.fixture
def told(db):
    """The company with its cast, a buyer, and what a colleague of ours made of them."""
    story = Story(at=AT, dice=Random(7))
    tell_company(story)
    firm, buyer = a_company(name="Aldery Glass"), a_person(full_name="Jonas Weil")
    story.keep(firm, buyer)
    note_roots(story)
    return story


@pytest.fixture
def ada(told):
    return create_user(name="Ada", role=Role.ADMIN, email="ada@coldwick.example", password="a")


def who(browser: Client) -> str:
    user = get_user(browser)
    return user.name if isinstance(user, User) else ""


def test_it_says_what_would_go_and_does_nothing_yet(told, ada, signed_in):
    a_deal(person=Person.objects.get(), name="Ours")

    page = signed_in(ada).get(END).content.decode()

    said = [words in page for words in ("1 person", "1 company", "1 deal", "8 users")]
    assert (said, "hanging on it: 1 deal." in page) == ([True] * 4, True)
    assert DemoRow.objects.exists()


def test_first_admin_begins_where_only_the_demo_was(told, signed_in):
    browser = signed_in(told.cast["users"]["olga"])
    week, zone = organisation().hours, organisation().zone

    answer = browser.post(END, FIRST)

    ada = User.objects.get()
    house = Organisation.objects.get()
    assert (answer.status_code, answer["location"], who(browser)) == (302, "/", "Ada Wick")
    assert (ada.role, ada.check_password("quite a long one")) == (Role.OWNER, True)
    assert (house.name, house.is_demo, house.zone, house.hours) == ("Coldwick", False, zone, week)
    assert (Person.objects.count(), Company.objects.count(), DemoRow.objects.count()) == (0, 0, 0)


def test_empty_home_says_what_to_begin_with(told, signed_in):
    browser = signed_in(told.cast["users"]["olga"])

    page = browser.post(END, FIRST, follow=True).content.decode()

    assert "The demo is gone" in page
    assert 'href="/people/new/"' in page
    assert "made up" not in page


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"company": ""}, "required"),
        ({"email": "rae@coldwick.example"}, "Somebody who stays has this mail"),
        ({"password": "short"}, "too short"),
        ({"password": "ada@coldwick.example"}, "too similar"),
    ],
)
def test_incomplete_answers_remove_nothing(told, signed_in, over, words):
    create_user(name="Rae", role=Role.REP, email="rae@coldwick.example", password="r")
    browser = signed_in(told.cast["users"]["olga"])

    answer = browser.post(END, FIRST | over)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert DemoRow.objects.exists()


def test_who_worked_with_an_account_of_the_demo_keeps_their_mail(told, signed_in):
    olga = told.cast["users"]["olga"]
    edit_user(user=olga, values={"email": FIRST["email"]})

    browser = signed_in(olga)
    browser.post(END, FIRST)

    assert (who(browser), User.objects.get().email) == ("Ada Wick", FIRST["email"])


def test_real_admin_goes_on_as_themselves(told, ada, signed_in):
    browser = signed_in(ada)

    answer = browser.post(END, {"company": "Coldwick"})

    assert (answer["location"], who(browser)) == ("/", "Ada")
    assert list(User.objects.all()) == [ada]


def test_real_admin_who_plays_the_owner_is_themselves_afterwards(told, ada, signed_in):
    browser = signed_in(ada)
    browser.post("/demo/be/", {"who": str(told.cast["users"]["olga"].key)})

    browser.post(END, {"company": "Coldwick"})

    assert who(browser) == "Ada"


def test_owner_of_the_demo_is_signed_out_where_a_real_one_stays(told, ada, signed_in):
    browser = signed_in(told.cast["users"]["olga"])

    browser.post(END, {"company": "Coldwick"})

    assert (who(browser), list(User.objects.all())) == ("", [ada])


def test_company_of_ones_own_is_not_asked_for_and_stays(company, admin, signed_in):
    story = Story(at=AT, dice=Random(7))
    tell_company(story)
    note_roots(story)
    browser = signed_in(admin)

    asked = browser.get(END).context["form"].fields
    browser.post(END)

    assert (list(asked), organisation().name, who(browser)) == ([], "Fennmark", "Ada")
    assert not DemoRow.objects.exists()


def test_sessions_of_the_cast_end(told, ada, signed_in):
    mara = signed_in(told.cast["users"]["mara"])
    assert who(mara) == "Mara Boyd"

    signed_in(ada).post(END, {"company": "Coldwick"})

    assert (who(mara), mara.get("/people/").status_code) == ("", 302)


@pytest.mark.parametrize("name", ["mara", "teo", "nora"])
def test_only_who_is_in_charge_removes_it(told, ada, signed_in, name):
    browser = signed_in(told.cast["users"][name])

    assert [browser.get(END).status_code, browser.post(END, FIRST).status_code] == [403, 403]
    assert Client().post(END, FIRST)["location"].startswith("/sign-in/")
    assert DemoRow.objects.exists()


def test_it_is_no_page_without_a_demo(company, admin, signed_in):
    browser = signed_in(admin)

    assert [browser.get(END).status_code, browser.post(END).status_code] == [404, 404]
    assert "Remove the demo" not in browser.get("/settings/").content.decode()


def test_settings_offer_it_while_the_demo_is_here(told, ada, signed_in):
    assert f'href="{END}"' in signed_in(ada).get("/settings/").content.decode()


def test_removal_wants_a_post_of_our_own_page(told, ada):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada, backend="baton.core.access.backends.PasswordBackend")

    assert browser.post(END, {"company": "Coldwick"}).status_code == 403
    assert DemoRow.objects.exists()


def test_home_asks_nobody_else_to_begin(told, ada, signed_in):
    Person.objects.all().delete()

    page = signed_in(told.cast["users"]["teo"]).get("/").content.decode()
    assert "/settings/guide/" not in page
    assert Deal.objects.count() == 0


@pytest.fixture
def just_before(monkeypatch):
    """Call it with what happens between the check of the form and the removal."""

    def put(act):
        def late(**said):
            act()
            return end_demo(**said)

        monkeypatch.setattr(demo_views, "end_demo", late)

    return put


def test_second_of_two_who_press_at_once_is_not_signed_in_as_the_first(
    told, signed_in, just_before
):
    """Both said the same mail: whoever came second sat there as the other, without a password."""
    first = FirstAdmin(name="Ada", email=FIRST["email"], password="the first one's own")
    just_before(lambda: end_demo(keeper=first, company="Coldwick", at=AT))
    browser = signed_in(told.cast["users"]["olga"])

    answer = browser.post(END, FIRST)

    assert (answer.status_code, who(browser)) == (302, "")
    assert (User.objects.get().name, organisation().name) == ("Ada", "Coldwick")


def test_nobody_becomes_a_colleague_who_came_at_that_moment(told, signed_in, just_before):
    just_before(lambda: create_user(name="Rae", role=Role.REP, email=FIRST["email"], password="r"))
    browser = signed_in(told.cast["users"]["olga"])

    answer = browser.post(END, FIRST)

    assert (answer.status_code, who(browser)) == (422, "Olga Brandt")
    assert DemoRow.objects.exists()


def test_company_keeps_its_holidays(told, ada, signed_in):
    Organisation.objects.update(country="DE-BY")

    signed_in(ada).post(END, {"company": "Coldwick"})

    assert organisation().country == "DE-BY"
