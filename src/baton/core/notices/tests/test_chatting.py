"""To chats, of a user or a team: in plain words, tried again, told when it does not arrive."""

import json

import pytest
from django.urls import reverse

from baton.core.http.tests.factories import answering, serving
from baton.core.notices import actions
from baton.core.notices.chatting import CHAT_FAILED, write_due
from baton.core.notices.models import Notice, Room, Sending
from baton.core.notices.rooms import BadRoom, set_room
from baton.core.notices.rules import INBOX_ONLY, PAUSES, State, Way
from baton.core.notices.tests.factories import AT, a_kind, news

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "clock", "own_hosts")]
CHATTED = frozenset({Way.CHAT})
PAGE = reverse("notices:chat")


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://crm.example"


@pytest.fixture
def chat():
    with serving(answering(200, "ok")) as running:
        yield running


@pytest.fixture
def kind(plug):
    return plug(a_kind(ways=CHATTED))


def write(at=AT):
    return write_due(now=lambda: at)


def written(chat):
    return [json.loads(body)["text"] for _headers, body in chat.asked]


def states():
    return list(Sending.objects.order_by("pk").values_list("state", flat=True))


def test_hosts_that_webhooks_may_call_are_closed_to_chats(rep, chat, settings):
    settings.NOTICE_PRIVATE_HOSTS, settings.WEBHOOK_PRIVATE_HOSTS = [], ["127.0.0.1"]

    with pytest.raises(BadRoom):
        set_room(rep, address=chat.url)


def test_chat_is_told_once_with_a_link(kind, rep, colleague, chat):
    set_room(rep, address=chat.url)
    actions.tell(kind, [*news(rep, 1), *news(colleague, 1)])

    write()
    write()

    address = reverse("notices:open", args=[Notice.objects.get(user=rep).key])
    assert written(chat) == [f"It happened to No. 1\nhttps://crm.example{address}"]
    assert chat.asked[0][0]["content-type"] == "application/json"
    assert states() == [State.SENT]


def test_names_are_words_there_and_nothing_else(kind, rep, chat):
    set_room(rep, address=chat.url)
    [one] = news(rep, 1)
    actions.tell(kind, [one.__class__(**{**one.__dict__, "what": "<!channel> & Co"})])

    write()

    assert written(chat)[0].startswith("It happened to &lt;!channel&gt; &amp; Co\n")


def test_team_reads_whom_it_concerns_whatever_members_chose(plug, rep, outsider, north, chat):
    kind, other = plug(a_kind(ways=INBOX_ONLY)), plug(a_kind("test.other", ways=INBOX_ONLY))
    set_room(north, address=chat.url, kinds=[kind.name, "no.such"])
    actions.tell(kind, [*news(rep, 1), *news(outsider, 2)])
    actions.tell(other, news(rep, 3))

    write()

    assert [text.split("\n")[0] for text in written(chat)] == ["Teo: It happened to No. 1"]
    assert Room.objects.get().kinds == [kind.name]


def test_what_waited_comes_in_one_message(kind, rep, chat):
    set_room(rep, address=chat.url)
    actions.tell(kind, news(rep, 1, 2, 3))

    write()

    assert [text.count("It happened to") for text in written(chat)] == [3]


def test_quiet_hours_hold_for_chats(kind, rep, chat, later):
    set_room(rep, address=chat.url)
    actions.tell(kind, news(rep, 1, at=later(hours=12)))

    write(later(hours=12))
    at_night = len(chat.asked)
    write(later(hours=23))

    assert (at_night, len(chat.asked)) == (0, 1)


def test_chat_that_refuses_is_told_plainly(kind, plug, rep, signed_in):
    plug(CHAT_FAILED)
    with serving(answering(404, "no_service")) as gone:
        set_room(rep, address=gone.url)
        actions.tell(kind, news(rep, 1))
        write()

    assert Sending.objects.get(way=Way.CHAT).state == State.FAILED
    browser = signed_in(rep)
    assert "does not take messages" in browser.get(reverse("notices:inbox")).content.decode()
    page = browser.get(PAGE).content.decode()
    assert "The latest did not arrive: 404 no_service" in page
    assert "Given up" in page


def test_busy_chat_is_asked_again_later_and_later(kind, rep):
    with serving(answering(503)) as busy:
        set_room(rep, address=busy.url)
        actions.tell(kind, news(rep, 1))
        at = AT
        for pause in PAUSES:
            write(at)
            assert Sending.objects.get().due_at == at + pause
            at += pause
        write(at)

    assert Sending.objects.get(way=Way.CHAT).state == State.FAILED
    assert len(busy.asked) == len(PAUSES) + 1


def test_page_keeps_tests_and_removes_an_address_and_never_shows_it(kind, rep, chat, signed_in):
    browser = signed_in(rep)

    browser.post(PAGE, {"address": f" {chat.url} "})
    kept = browser.get(PAGE).content.decode()
    browser.post(PAGE, {"do": "test"})
    sealed = Room.objects.get().address
    browser.post(PAGE, {"do": "remove"})

    assert "hook?a=1" not in kept + sealed
    assert "One at 127.0.0.1 is kept." in kept
    assert written(chat)[0].startswith("A test from Baton")
    assert not Room.objects.exists()


@pytest.mark.parametrize("address", ["", "chat", "https://10.0.0.8/x", "http://chat.example/x"])
def test_address_that_is_none_is_refused_and_kept_in_the_form(rep, signed_in, address):
    answer = signed_in(rep).post(PAGE, {"address": address})

    assert answer.status_code == 422
    assert f'value="{address}"' in answer.content.decode()
    assert not Room.objects.exists()


def test_chat_of_a_team_is_the_admins_to_set(kind, rep, admin, north, chat, signed_in):
    address = reverse("administration:team-chat", args=[north.key])

    answer = signed_in(admin).post(address, {"address": chat.url, "kind": [kind.name]})
    signed_in(admin).post(address, {"kind": []})

    assert answer.status_code == 302
    assert Room.objects.get(team=north).kinds == []
    assert signed_in(rep).get(address).status_code == 403
    assert signed_in(rep).post(address, {"do": "remove"}).status_code == 403
