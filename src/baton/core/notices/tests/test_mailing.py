"""By mail: at once or one a day; each once, whoever runs it and whatever the clock does."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.urls import reverse

from baton.core.calendars.actions import save_leave
from baton.core.mail.models import Mail
from baton.core.notices import actions, choices, mailing
from baton.core.notices.models import Notice, Sending
from baton.core.notices.rules import INBOX_ONLY, MAILED, State
from baton.core.notices.tasks import deliver_notices
from baton.core.notices.tests.factories import AT, a_kind, news

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "clock")]


@pytest.fixture(autouse=True)
def server(settings):
    settings.MAIL_IS_SET_UP = True
    settings.SITE_URL = "https://crm.example"


@pytest.fixture
def at_once(plug):
    return plug(a_kind(ways=MAILED))


@pytest.fixture
def daily(plug):
    return plug(a_kind())


def states():
    return list(Sending.objects.order_by("pk").values_list("state", "told"))


def test_mail_says_it_in_plain_words_with_links(at_once, rep):
    actions.tell(at_once, news(rep, 1))
    mailing.write_mails(at=AT)
    mailing.write_mails(at=AT)

    mail, notice = Mail.objects.get(), Notice.objects.get()
    address = "https://crm.example" + reverse("notices:open", args=[notice.key])
    assert (mail.to, mail.to_name, mail.subject) == (rep.email, "Teo", "It happened to No. 1")
    for body in (mail.text, mail.html):
        assert "It happened to No. 1" in body
        assert address in body
        assert "https://crm.example/p/notices/fewer/?of=" in body
        assert "https://crm.example/account/notices/" in body
    assert "Something happens" in mail.text
    assert states() == [(State.SENT, "")]


def test_mail_bears_what_people_are_called(at_once, rep):
    [one] = news(rep, 1)
    actions.tell(at_once, [one.__class__(**{**one.__dict__, "what": "<b>O'Neil & Co</b>\nX"})])
    mailing.write_mails(at=AT)

    mail = Mail.objects.get()
    assert "<b>O'Neil & Co</b>" in mail.text
    assert "<b>O" not in mail.html
    assert "\n" not in mail.subject


def test_read_gone_or_too_old_is_not_mailed(at_once, rep, colleague, outsider, later):
    actions.tell(at_once, [*news(rep, 1), *news(colleague, 13), *news(outsider, 1)])
    actions.read_notices(Notice.objects.of(rep), at=AT)
    outsider.is_active = False
    outsider.save()

    mailing.write_mails(at=AT)
    actions.tell(at_once, news(rep, 2))
    mailing.write_mails(at=later(days=2))

    assert not Mail.objects.exists()
    assert sorted(told for _state, told in states()) == [
        "About something they cannot see.",
        "About something they cannot see.",
        "Nobody waits for it any more.",
        "Read before.",
    ]


def test_without_a_server_no_mail_piles_up(at_once, rep, settings):
    settings.MAIL_IS_SET_UP = False
    actions.tell(at_once, news(rep, 1))

    mailing.write_mails(at=AT)

    assert not Mail.objects.exists()
    assert states() == [(State.DROPPED, "No mail server is named.")]


def test_restored_house_writes_to_nobody(at_once, rep, company, run_background):
    company.is_armed = False
    company.save()
    actions.tell(at_once, news(rep, 1))

    deliver_notices.enqueue()
    run_background()

    assert not Mail.objects.exists()
    assert states() == [(State.WAITING, "")]


def test_day_is_one_mail_at_the_hour_of_their_wall(daily, rep, colleague, later):
    colleague.zone = "America/New_York"
    colleague.save()
    actions.tell(daily, [*news(rep, 1, 2), *news(colleague, 1)])

    early = mailing.write_digests(at=later(hours=3, minutes=59))
    mailing.write_digests(at=later(hours=4))  # eight in New York
    mailing.write_digests(at=later(hours=22))  # eight in Berlin, tomorrow

    assert early == 0
    assert [mail.user for mail in Mail.objects.order_by("pk")] == [colleague, rep]
    mail = Mail.objects.get(user=rep)
    assert mail.subject == "2 notices you have not read"
    assert mail.text.index("No. 2") < mail.text.index("No. 1")
    assert {state for state, _told in states()} == {State.SENT}


def test_nothing_to_say_is_no_mail(daily, rep, later):
    actions.tell(daily, news(rep, 1, 13))
    actions.read_notices(Notice.objects.of(rep).filter(cause="fact 1"), at=AT)

    mailing.write_digests(at=later(hours=22))

    assert not Mail.objects.exists()
    assert {state for state, _told in states()} == {State.DROPPED}


def test_of_one_day_there_is_one_mail_whatever_the_clock_does(daily, rep, later):
    actions.tell(daily, news(rep, 1))
    mailing.write_digests(at=later(hours=22))
    actions.tell(daily, news(rep, 2, at=later(hours=3)))  # set back by nineteen hours

    mailing.write_digests(at=later(hours=22))
    mailing.write_digests(at=later(hours=30))
    of_one_day = Mail.objects.count()
    mailing.write_digests(at=later(hours=46))

    assert of_one_day == 1
    assert list(Mail.objects.order_by("pk").values_list("once", flat=True)) == [
        f"{rep.pk} 2026-03-03",
        f"{rep.pk} 2026-03-04",
    ]


def test_another_hour_chosen_after_todays_mail_counts_from_tomorrow(daily, rep, later):
    actions.tell(daily, news(rep, 1))
    mailing.write_digests(at=later(hours=22))
    actions.tell(daily, news(rep, 2, at=later(hours=23)))
    choices.set_habits(user=rep, digest_minute=17 * 60, keeps_quiet=True, at=later(hours=23))

    mailing.write_digests(at=later(hours=31))

    assert Mail.objects.count() == 1
    assert Sending.objects.get(state=State.WAITING).due_at == later(hours=55)


def test_on_days_off_no_mail_comes_and_nothing_is_lost(daily, rep, later, run_background):
    actions.tell(daily, news(rep, 1))
    days = {"kind": "vacation", "from_on": later(days=1).date(), "to_on": later(days=2).date()}
    save_leave(user=rep, values=days, by=rep, at=AT)

    mailing.write_digests(at=later(hours=22))  # whoever has not heard of the leave yet
    none = Mail.objects.count()
    run_background()
    mailing.write_digests(at=later(days=2, hours=22))

    assert none == 0
    assert Mail.objects.get().once == f"{rep.pk} 2026-03-05"


def test_week_off_loses_nothing_but_a_house_without_mail_does_not_catch_up(
    daily, rep, colleague, later
):
    days = {"kind": "vacation", "from_on": later(days=1).date(), "to_on": later(days=4).date()}
    save_leave(user=rep, values=days, by=rep, at=AT)
    actions.tell(daily, [*news(rep, 1), *news(colleague, 1)])

    mailing.write_digests(at=later(days=6, hours=22))  # Monday; the colleague's was due on Tuesday

    assert [mail.user for mail in Mail.objects.all()] == [rep]
    told = dict(Sending.objects.values_list("user", "told"))
    assert told == {rep.pk: "", colleague.pk: "Too old for a mail of the day."}


def test_long_day_names_the_latest_and_counts_the_rest(plug, rep, later):
    kinds = [plug(a_kind(f"test.{number}")) for number in range(8)]
    for kind in kinds:
        actions.tell(kind, news(rep, 1, 2, 3, 4, 5))

    mailing.write_digests(at=later(hours=22))

    mail = Mail.objects.get()
    assert mail.subject == "40 notices you have not read"
    assert mail.text.count("It happened to") == mail.html.count("It happened to") == 30
    assert "10 more in your inbox" in mail.text
    assert "10 more in your inbox" in mail.html


def test_digests_of_many_cost_what_those_of_few_do(
    daily, rep, colleague, outsider, later, django_assert_max_num_queries
):
    """But for the mail itself: two statements each, and what ends its lines."""
    actions.tell(daily, news(rep, 1))
    with django_assert_max_num_queries(40) as one:
        mailing.write_digests(at=later(hours=22))
    actions.tell(daily, [*news(colleague, 1, 2), *news(outsider, 3, 4)])

    with django_assert_max_num_queries(len(one) + 3):
        mailing.write_digests(at=later(hours=22))
    assert Mail.objects.count() == 3


def test_inbox_alone_owes_nothing(plug, rep):
    kind = plug(a_kind(ways=INBOX_ONLY))
    actions.tell(kind, news(rep, 1))

    assert not Sending.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time there")
def test_two_workers_write_one_mail(daily, rep, later):
    actions.tell(daily, news(rep, 1, 2))
    both = Barrier(2)

    def work():
        both.wait()
        mailing.write_digests(at=later(hours=22))
        connections.close_all()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Mail.objects.count() == 1
    assert {state for state, _told in states()} == {State.SENT}
