"""To devices: sealed for them alone, signed as us, tried again, forgotten when they are gone."""

import pytest
from django.urls import reverse
from py_vapid import Vapid02

from baton.core.http.tests.factories import answering, serving
from baton.core.notices import actions, choices
from baton.core.notices.devices import push_key
from baton.core.notices.models import Device, Notice, PushKey, Sending
from baton.core.notices.pushing import push_due
from baton.core.notices.rules import PAUSES, State
from baton.core.notices.tasks import deliver_notices
from baton.core.notices.tests.browsers import BrowserKeys, a_device
from baton.core.notices.tests.factories import AT, PUSHED, a_kind, news
from baton.core.notices.webpush import bytes_of, encrypted, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "clock", "own_hosts")]


def push(at=AT):
    return push_due(now=lambda: at)


def states():
    return list(Sending.objects.order_by("pk").values_list("state", flat=True))


def test_nothing_of_who_was_signed_in_before_comes_to_a_device(
    pushed, rep, colleague, service, keys
):
    a_device(rep, service, keys)
    actions.tell(pushed, news(rep, 1))
    a_device(colleague, service, keys)

    push()

    assert service.asked == []
    assert not Sending.objects.exists()


def test_device_that_changes_hands_under_a_job_shows_nothing_either(
    pushed, rep, colleague, service, keys
):
    a_device(rep, service, keys)
    actions.tell(pushed, news(rep, 1))
    Device.objects.update(user=colleague)

    push()

    assert (service.asked, states()) == ([], [State.DROPPED])


def test_device_alone_reads_what_was_pushed_and_knows_who_pushed(pushed, rep, service, keys):
    device = a_device(rep, service, keys)
    actions.tell(pushed, news(rep, 1))

    push()
    push()

    [(headers, body)] = service.asked
    notice = Notice.objects.get()
    assert keys.opens(body) == {
        "title": "It happened to No. 1",
        "body": "",
        "url": reverse("notices:open", args=[notice.key]),
        "tag": str(notice.key),
    }
    assert b"No. 1" not in body
    assert Vapid02.verify(headers["authorization"])
    assert f"k={push_key()[1]}" in headers["authorization"]
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", "86400")
    assert states() == [State.SENT]
    device.refresh_from_db()
    assert (device.reached_at, device.told) == (AT, "")


def test_sealing_has_the_form_of_the_rfc():
    """RFC 8291, 4: one record, with our key of the moment as its name."""
    keys = BrowserKeys()
    sealed = encrypted(b'{"title": "When I grow up"}', p256dh=keys.p256dh, auth=keys.auth)

    assert keys.opens(sealed) == {"title": "When I grow up"}
    assert sealed[16:20] == (4096).to_bytes(4, "big")  # RFC 8188, 2.1: salt, record size, key
    assert sealed[20] == 65
    assert bytes_of(text_of(b"\xff\xfe")) == b"\xff\xfe"


def test_each_device_is_pushed_to_and_a_gone_one_forgotten(pushed, rep, service, keys):
    gone_keys = BrowserKeys()
    a_device(rep, service, keys)
    with serving(answering(410)) as gone_service:
        gone = a_device(rep, gone_service, gone_keys)
        actions.tell(pushed, news(rep, 1))
        push()

    assert not Device.objects.filter(pk=gone.pk).exists()
    assert states() == [State.SENT]
    assert Device.objects.count() == 1


def test_our_key_is_looked_up_once_for_all_devices(
    pushed, rep, service, keys, django_assert_max_num_queries
):
    push_key()
    for number in range(3):
        a_device(rep, service, keys, path=f"/{number}")
    actions.tell(pushed, news(rep, 1))

    with django_assert_max_num_queries(40) as asked:
        push()

    assert sum(PushKey._meta.db_table in one["sql"] for one in asked.captured_queries) == 1
    assert len(service.asked) == 3


def test_busy_service_is_asked_again_later_and_later(pushed, rep, keys):
    with serving(answering(503)) as busy:
        device = a_device(rep, busy, keys)
        actions.tell(pushed, news(rep, 1))
        at = AT
        for pause in PAUSES:
            push(at)
            sending = Sending.objects.get()
            assert (sending.state, sending.due_at) == (State.WAITING, at + pause)
            at += pause
        push(at)

    assert states() == [State.FAILED]
    assert len(busy.asked) == len(PAUSES) + 1
    device.refresh_from_db()
    assert device.told.startswith("503")


def test_refused_for_good_is_told_on_the_page(pushed, rep, keys, signed_in):
    with serving(answering(403, "wrong key")) as service:
        a_device(rep, service, keys)
        actions.tell(pushed, news(rep, 1))
        push()

    assert states() == [State.FAILED]
    page = signed_in(rep).get(reverse("notices:kinds")).content.decode()
    assert "Did not arrive: 403 wrong key" in page


def test_quiet_hours_wait_for_work_to_begin_but_clocks_ring(plug, rep, service, keys, later):
    quiet, ringing = plug(a_kind(ways=PUSHED)), plug(a_kind("test.late", ways=PUSHED, rings=True))
    a_device(rep, service, keys)
    night = later(hours=12)
    actions.tell(quiet, news(rep, 1, at=night))
    actions.tell(ringing, news(rep, 2, at=night))

    push(night)
    at_night = len(service.asked)
    push(later(hours=23))  # nine in Berlin

    assert at_night == 1
    assert len(service.asked) == 2


def test_what_comes_on_a_free_day_is_pushed_when_work_begins(pushed, rep, service, keys, later):
    a_device(rep, service, keys)
    friday_night = later(days=4, hours=12)
    actions.tell(pushed, news(rep, 1, at=friday_night))

    push(later(days=6, hours=23))  # Monday, nine in Berlin

    assert (len(service.asked), states()) == (1, [State.SENT])


def test_who_wants_no_quiet_hours_has_none(pushed, rep, service, keys, later):
    choices.set_habits(user=rep, digest_minute=480, keeps_quiet=False, at=AT)
    a_device(rep, service, keys)
    actions.tell(pushed, news(rep, 1, at=later(hours=12)))

    push(later(hours=12))

    assert len(service.asked) == 1


def test_what_was_read_meanwhile_is_not_pushed(pushed, rep, service, keys):
    a_device(rep, service, keys)
    actions.tell(pushed, news(rep, 1, 13))
    actions.read_notices(Notice.objects.filter(cause="fact 1"), at=AT)

    push()

    assert (service.asked, set(states())) == ([], {State.DROPPED})


def test_many_at_once_are_one_push(plug, rep, service, keys):
    for number in range(6):
        actions.tell(plug(a_kind(f"test.{number}", ways=PUSHED)), news(rep, 1))
    a_device(rep, service, keys)
    for number in range(6):
        actions.tell(plug(a_kind(f"more.{number}", ways=PUSHED)), news(rep, 1))

    push()

    [(_headers, body)] = service.asked
    assert keys.opens(body)["title"] == "6 notices you have not read"
    assert keys.opens(body)["url"] == "/inbox/"


def test_push_that_is_a_day_old_is_not_worth_a_call(pushed, rep, service, keys, later):
    a_device(rep, service, keys)
    actions.tell(pushed, news(rep, 1))

    push(later(days=1))

    assert (service.asked, states()) == ([], [State.DROPPED])


def test_one_whose_caller_died_is_pushed_again(pushed, rep, service, keys, later):
    a_device(rep, service, keys)
    actions.tell(pushed, news(rep, 1))
    Sending.objects.update(tries=1, due_at=later(seconds=60))

    push()
    push(later(seconds=60))

    assert len(service.asked) == 1


def test_restored_house_pushes_to_nobody(pushed, rep, service, keys, company, run_background):
    company.is_armed = False
    company.save()
    a_device(rep, service, keys)
    actions.tell(pushed, news(rep, 1))

    deliver_notices.enqueue()
    run_background()

    assert service.asked == []
