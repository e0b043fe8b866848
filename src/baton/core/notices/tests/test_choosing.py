"""Whose choice counts: one's own, else the role's, else ours; from the screen, a mail, the API."""

import json
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.notices import actions, choices
from baton.core.notices.links import fewer_link
from baton.core.notices.models import Choice, Notice, Sending
from baton.core.notices.rules import INBOX_ONLY, MAILED, USUAL, Way
from baton.core.notices.tests.factories import a_kind, news

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "clock")]
PAGE = reverse("notices:kinds")


@pytest.fixture
def kind(plug):
    return plug(a_kind(ways=MAILED))


def ways(user):
    return choices.lines_for(User.objects.get(pk=user.pk))[0].ways


def boxes(page):
    """Values of those that are ticked."""
    rows = page.content.decode().split('name="way" value="')[1:]
    return {row.split('"')[0] for row in rows if " checked" in row.split(">")[0]}


def test_own_choice_outranks_the_roles_and_that_outranks_ours(kind, rep, colleague):
    ours = ways(rep)
    choices.choose_for_role(role=Role.REP, chosen={kind.name: USUAL})
    of_role = ways(rep)
    choices.choose_ways(user=rep, chosen={kind.name: INBOX_ONLY})

    assert [ours, of_role, ways(rep), ways(colleague)] == [MAILED, USUAL, INBOX_ONLY, USUAL]


def test_choice_that_is_the_usual_follows_the_role(kind, rep):
    choices.choose_ways(user=rep, chosen={kind.name: INBOX_ONLY})
    choices.choose_ways(user=rep, chosen={kind.name: MAILED})
    choices.choose_for_role(role=Role.REP, chosen={kind.name: USUAL})

    assert ways(rep) == USUAL
    assert not Choice.objects.exists()


def test_page_shows_and_takes_each_way(kind, rep, signed_in):
    browser = signed_in(rep)

    before = boxes(browser.get(PAGE))
    browser.post(PAGE, {"way": [f"{kind.name}:digest", "other.kind:inbox", "nonsense"]})

    assert before == {f"{kind.name}:inbox", f"{kind.name}:mail"}
    assert boxes(browser.get(PAGE)) == {f"{kind.name}:digest"}
    assert [one.kind for one in Choice.objects.all()] == [kind.name]


def test_page_asks_only_about_what_one_may_get(plug, rep, admin, signed_in):
    plug(a_kind(permission="notices.manage"))

    assert "There is nothing to be told." in signed_in(rep).get(PAGE).content.decode()
    assert boxes(signed_in(admin).get(PAGE)) == {"test.happened:inbox", "test.happened:digest"}


def test_what_is_not_in_the_inbox_is_told_once_all_the_same(kind, rep, signed_in):
    choices.choose_ways(user=rep, chosen={kind.name: frozenset({Way.MAIL})})
    actions.tell(kind, news(rep, 1))
    actions.tell(kind, news(rep, 1))
    browser = signed_in(rep)

    opened = browser.get(reverse("notices:open", args=[Notice.objects.get().key]))

    assert "It happened" not in browser.get(reverse("notices:inbox")).content.decode()
    assert Sending.objects.get().way == Way.MAIL
    assert opened["location"] == "/leads/?n=1"


def test_who_wants_no_way_is_not_told(kind, rep):
    choices.choose_ways(user=rep, chosen={kind.name: frozenset()})

    assert actions.tell(kind, news(rep, 1)) == 0


def test_admin_sets_the_usual_of_a_role(kind, rep, admin, signed_in):
    address = reverse("administration:notices") + "?role=rep"

    page = signed_in(admin).get(address)
    signed_in(admin).post(address, {"way": [f"{kind.name}:inbox"]})

    assert boxes(page) == {f"{kind.name}:inbox", f"{kind.name}:mail"}
    assert ways(rep) == INBOX_ONLY
    assert signed_in(rep).get(address).status_code == 403
    assert signed_in(rep).post(address, {}).status_code == 403


def test_time_of_the_mail_moves_what_waits_for_it(plug, rep, signed_in, later):
    kind = plug(a_kind())
    actions.tell(kind, news(rep, 1))
    before = Sending.objects.get().due_at

    signed_in(rep).post(reverse("notices:times"), {"digest_at": "17:30", "keeps_quiet": "on"})

    assert before == later(hours=22)  # tomorrow at eight in Berlin
    assert Sending.objects.get().due_at == later(hours=7, minutes=30)


def test_bad_time_is_refused_and_named(kind, rep, signed_in):
    answer = signed_in(rep).post(reverse("notices:times"), {"digest_at": "noon"})

    assert answer.status_code == 422
    assert "Enter a time, like 08:30." in answer.content.decode()
    assert 'value="noon"' in answer.content.decode()


def fewer(user, kind, way):
    parts = urlsplit(fewer_link(user=user, kind=kind.name, way=way))
    return parts.path, parts.query.removeprefix("of=")


def test_link_of_a_mail_makes_it_quieter_without_a_password_and_louder_again(kind, rep):
    path, token = fewer(rep, kind, Way.MAIL)
    anybody = Client()

    asked = anybody.get(path, {"of": token})
    unchanged = ways(rep)
    done = anybody.post(path, {"of": token})
    quieter = ways(rep)
    back = anybody.post(path, {"of": token, "back": "inbox,mail"})

    assert [asked.status_code, done.status_code, back.status_code] == [200, 200, 200]
    assert [unchanged, quieter, ways(rep)] == [MAILED, USUAL, MAILED]


@pytest.mark.parametrize("back", ["x", "push", "inbox,mail,digest,push,chat", ","])
def test_link_of_a_mail_changes_no_other_way_whatever_is_sent_with_it(kind, rep, back):
    path, token = fewer(rep, kind, Way.MAIL)

    Client().post(path, {"of": token, "back": back})

    assert ways(rep) == MAILED


def test_link_of_a_mail_brings_no_kind_to_who_does_not_get_it(plug, rep):
    kind = plug(a_kind(permission="notices.manage"))
    path, token = fewer(rep, kind, Way.MAIL)

    Client().post(path, {"of": token, "back": "mail"})

    assert not Choice.objects.exists()


def test_link_of_the_day_leaves_the_kind_out_of_it(plug, rep):
    kind = plug(a_kind())
    path, token = fewer(rep, kind, Way.DIGEST)

    Client().post(path, {"of": token})
    Client().post(path, {"of": token})

    assert ways(rep) == INBOX_ONLY


@pytest.mark.parametrize("token", ["", "x", "WyJhIl0:1:2"])
def test_link_that_we_did_not_write_does_nothing(kind, rep, token):
    answer = Client().post(reverse("notices:fewer"), {"of": token})

    assert answer.status_code == 404
    assert ways(rep) == MAILED


def test_api_reads_and_changes_ones_own(kind, rep, colleague, api_client):
    address = "/api/v1/notices/choices/"
    body = {"digest_at": "17:00", "kinds": [{"kind": kind.name, "ways": ["digest"]}]}
    client = api_client(rep)

    answer = client.patch(address, json.dumps(body), content_type="application/json")
    told = client.get(address).json()

    assert answer.json() == told
    assert told["digest_at"] == "17:00"
    assert told["kinds"] == [
        {
            "kind": kind.name,
            "label": "Something happens",
            "ways": ["digest"],
            "usual": ["inbox", "mail"],
        }
    ]
    assert ways(colleague) == MAILED


def test_api_refuses_a_kind_that_one_never_gets(kind, rep, api_client):
    body = json.dumps({"kinds": [{"kind": "no.such", "ways": []}]})

    answer = api_client(rep).patch(
        "/api/v1/notices/choices/", body, content_type="application/json"
    )

    assert answer.status_code == 422
    assert "no.such" in answer.json()["detail"]


def test_asking_for_all_lines_costs_the_same_however_many_kinds(
    plug, rep, django_assert_num_queries
):
    for number in range(8):
        plug(a_kind(f"test.{number}"))

    with django_assert_num_queries(2):
        assert len(choices.lines_for(rep)) == 8
