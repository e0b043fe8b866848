import re
from datetime import timedelta

import pytest
from django.urls import reverse

from baton.core.notices import actions
from baton.core.notices.models import Notice
from baton.core.notices.tasks import KEPT
from baton.core.notices.tests.factories import AT, a_kind, news

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
INBOX = reverse("notices:inbox")


@pytest.fixture(autouse=True)
def _at(clock):
    """All of it happens at AT."""


@pytest.fixture
def kind(plug):
    return plug(a_kind())


def shown(browser, show=""):
    page = browser.get(INBOX, {"show": show}).content.decode()
    return re.findall(r">(It happened[^<]*|About something[^<]*)<", page)


def test_each_thing_is_told_once(kind, rep, colleague, signed_in):
    told = [*news(rep, 1, 2), *news(colleague, 1)]

    counts = [actions.tell(kind, told), actions.tell(kind, [*told, *news(rep, 3)])]

    assert counts == [3, 1]
    assert len(shown(signed_in(rep))) == 3
    assert shown(signed_in(colleague)) == ["It happened to No. 1"]


def test_many_at_once_are_told_together_and_never_again(kind, rep, signed_in):
    actions.tell(kind, news(rep, *range(1, 9)))
    actions.tell(kind, news(rep, *range(1, 9)))

    browser = signed_in(rep)
    assert shown(browser) == ["It happened 8 times"]
    opened = browser.get(reverse("notices:open", args=[Notice.objects.of(rep).get().key]))
    assert opened["location"] == "/people/"


def test_figure_in_the_shell_counts_what_is_unread(kind, rep, signed_in):
    actions.tell(kind, news(rep, 1, 2))
    browser = signed_in(rep)

    before = browser.get("/").content.decode()
    browser.get(reverse("notices:open", args=[Notice.objects.get(cause="fact 1").key]))
    after = browser.get("/").content.decode()

    counts = [
        re.search(r'href="/inbox/".*?side-count[^>]*>(\d+)', one, re.S) for one in (before, after)
    ]
    assert [found and found[1] for found in counts] == ["2", "1"]


def test_nothing_is_told_of_what_one_may_not_see_any_more(kind, rep, signed_in):
    actions.tell(kind, news(rep, 13))
    browser = signed_in(rep)

    page = browser.get(INBOX).content.decode()
    opened = browser.get(reverse("notices:open", args=[Notice.objects.get().key]))

    assert "No. 13" not in page
    assert shown(browser) == ["About something you cannot see."]
    assert opened["location"] == INBOX


def test_notices_of_others_are_not_there(kind, rep, colleague, signed_in):
    actions.tell(kind, news(rep, 1))
    notice = Notice.objects.get()
    browser = signed_in(colleague)

    assert browser.get(reverse("notices:open", args=[notice.key])).status_code == 404
    browser.post(reverse("notices:read"), {"row": [notice.key]})
    browser.post(reverse("notices:done"), {"row": [notice.key]})
    notice.refresh_from_db()
    assert (notice.read_at, notice.done_at) == (None, None)


def test_all_are_read_at_once_and_new_again(kind, rep, signed_in, clock):
    actions.tell(kind, news(rep, 1, 2))
    browser = signed_in(rep)
    browser.get(reverse("notices:open", args=[Notice.objects.get(cause="fact 1").key]))
    clock.shift(timedelta(minutes=1))

    page = browser.post(reverse("notices:read"), follow=True).content.decode()
    read = shown(browser, "unread")
    [undo_url] = re.findall(r'action="(/inbox/read/\d+/undo/)"', page)
    browser.post(undo_url)

    assert read == []
    assert shown(browser, "unread") == ["It happened to No. 2"]


def test_what_is_put_away_can_come_back(kind, rep, signed_in):
    actions.tell(kind, news(rep, 1, 2))
    browser = signed_in(rep)
    chosen = Notice.objects.get(cause="fact 1")

    page = browser.post(reverse("notices:done"), {"row": [chosen.key, "x"]}, follow=True).content
    away = shown(browser), shown(browser, "done")
    [undo_url] = re.findall(r'action="(/inbox/done/\d+/undo/)"', page.decode())
    browser.post(undo_url)

    assert away == (["It happened to No. 2"], ["It happened to No. 1"])
    assert len(shown(browser)) == 2


def test_kind_is_switched_off_and_on(kind, rep, colleague, signed_in):
    address, browser = reverse("notices:kinds"), signed_in(rep)

    browser.post(address, {})
    actions.tell(kind, [*news(rep, 1), *news(colleague, 1)])
    off = browser.get(address).content.decode()
    browser.post(address, {"way": [f"{kind.name}:inbox"]})
    actions.tell(kind, news(rep, 2))

    assert not re.search(rf'value="{kind.name}:\w+"[^>]* checked', off)
    assert shown(browser) == ["It happened to No. 2"]
    assert shown(signed_in(colleague)) == ["It happened to No. 1"]


def test_empty_inbox_leads_on(kind, rep, signed_in):
    page = signed_in(rep).get(INBOX).content.decode()

    assert "Here you are told of leads" in page
    assert 'href="/account/notices/"' in page


def test_undo_of_no_moment_is_no_page(kind, rep, signed_in):
    assert signed_in(rep).post(f"/inbox/read/{10**30}/undo/").status_code == 404


def test_inbox_costs_the_same_however_much_came(
    kind, rep, signed_in, django_assert_max_num_queries
):
    browser = signed_in(rep)
    actions.tell(kind, news(rep, 1))
    with django_assert_max_num_queries(30) as few:
        browser.get(INBOX)
    actions.tell(kind, news(rep, 2, 3, 4))

    with django_assert_max_num_queries(len(few)):
        assert len(shown(browser)) == 4


def test_telling_many_users_costs_what_telling_one_does(
    kind, rep, colleague, outsider, django_assert_max_num_queries
):
    told = [one for user in (rep, colleague, outsider) for one in news(user, 1, 2, 3)]

    with django_assert_max_num_queries(16) as few:
        actions.tell(kind, news(rep, 7))
    with django_assert_max_num_queries(len(few)):
        assert actions.tell(kind, told) == 9


def test_notices_go_after_half_a_year(kind, rep):
    actions.tell(kind, [*news(rep, 1, at=AT - timedelta(days=1)), *news(rep, 2)])

    assert actions.purge_notices(before=AT) == 1
    assert Notice.objects.get().cause == "fact 2"
    assert KEPT.days > 180
