"""Never silently lost, never twice but where its sender died; what a server says decides."""

from datetime import timedelta

import pytest

from baton.core.mail import actions, sending
from baton.core.mail.actions import Attached
from baton.core.mail.models import Mail
from baton.core.mail.rules import LEASE, State, due_after, is_refused
from baton.core.mail.tests.smtp import Sink
from conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings, company):
    made = []

    def start(**answers):
        sink = Sink(**answers)
        made.append(sink)
        settings.MAIL_IS_SET_UP = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        return sink

    yield start
    for one in made:
        one.close()


def written(**more):
    chosen = {"kind": "test", "to": "ada@fennmark.example", "subject": "Hello", "text": "Dear Ada"}
    actions.write_mail(**chosen | {"at": AT} | more)
    return Mail.objects.latest("id")


def send(at=AT):
    return sending.send_due(now=lambda: at)


def test_mail_leaves_once_with_what_is_attached(sink):
    server = sink()
    file = Attached(name="week.pdf", type="application/pdf", content=b"%PDF")
    mail = written(to_name="Ada", html="<p>Dear Ada</p>", files=[file])

    assert send() is False
    send(AT + timedelta(days=1))

    [taken] = server.taken
    assert taken["To"] == "Ada <ada@fennmark.example>"
    assert taken["Message-ID"] == f"<{mail.key}@127.0.0.1>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken.get_body(("plain",)).get_content().strip() == "Dear Ada"
    [attached] = taken.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("week.pdf", b"%PDF")
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.files) == (State.SENT, AT, [])


def test_the_same_is_written_once(sink):
    assert actions.write_mail(
        kind="digest", once="ada 2", to="a@b.example", subject="A", text="A", at=AT
    )
    assert not actions.write_mail(
        kind="digest", once="ada 2", to="a@b.example", subject="A", text="A", at=AT
    )
    assert Mail.objects.count() == 1


def test_who_is_unknown_there_is_given_up_with_the_words_of_the_server(sink):
    sink(rcpt="550 no such user")
    mail = written()

    send()

    mail.refresh_from_db()
    assert (mail.state, mail.told) == (State.FAILED, "550 no such user")


@pytest.mark.parametrize("answers", [{"rcpt": "450 later"}, {"data": "451 later"}, {"drops": True}])
def test_what_was_not_taken_is_tried_again_under_its_name(sink, answers):
    sink(**answers).close()
    server = sink(**answers)
    mail = written()
    send()
    mail.refresh_from_db()
    assert (mail.state, mail.due_at) == (State.WAITING, AT + timedelta(minutes=1))
    assert mail.told

    server.rcpt, server.data, server.drops = "250 ok", "250 ok", False
    send(AT + timedelta(minutes=1))

    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert {one["Message-ID"] for one in server.taken} == {f"<{mail.key}@127.0.0.1>"}


def test_server_that_is_away_is_tried_for_three_days_and_no_longer(sink):
    sink().close()
    mail, at = written(), AT
    while mail.state == State.WAITING:
        at = mail.due_at
        send(at)
        mail.refresh_from_db()

    assert mail.state == State.FAILED
    assert timedelta(hours=40) < at - AT < timedelta(hours=72)


def test_sender_that_died_is_followed_by_another_after_its_lease(sink):
    server = sink()
    mail = written()
    assert actions.take_due(at=AT) == mail

    send(AT + timedelta(minutes=1))
    assert server.taken == []
    send(AT + LEASE)

    [taken] = server.taken
    assert taken["Message-ID"] == f"<{mail.key}@127.0.0.1>"


def test_who_lost_the_lease_changes_nothing(sink):
    written()
    slow = actions.take_due(at=AT)
    quick = actions.take_due(at=AT + LEASE)
    assert slow
    assert quick

    actions.note_sent(quick, at=AT + LEASE)
    actions.note_failed(slow, told="too late", for_good=True, at=AT + LEASE)

    quick.refresh_from_db()
    assert (quick.state, quick.told) == (State.SENT, "")


def test_without_a_server_mail_waits_and_what_is_too_old_is_never_sent(sink, settings):
    server = sink()
    settings.MAIL_IS_SET_UP = False
    mail = written()
    send()
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (State.WAITING, 0)

    settings.MAIL_IS_SET_UP = True
    send(AT + timedelta(hours=73))

    mail.refresh_from_db()
    assert (mail.state, server.taken) == (State.FAILED, [])
    assert "too old" in mail.told


def test_restored_house_writes_to_nobody(sink, company):
    server = sink()
    company.is_armed = False
    company.save()
    written()

    send()

    assert server.taken == []


def test_line_breaks_begin_no_header(sink):
    server = sink()
    written(subject="Hello\r\nBcc: eve@evil.example", to_name="Ada\nBcc: eve@evil.example")

    send()

    [taken] = server.taken
    assert taken["Bcc"] is None
    assert taken["Subject"] == "Hello Bcc: eve@evil.example"


def test_address_that_no_mail_can_bear_is_given_up_and_the_next_goes_out(sink):
    server = sink()
    bad = written(to="ada@fennmark.example\nBcc: eve@evil.example")
    written()

    send()

    bad.refresh_from_db()
    assert bad.state == State.FAILED
    assert [one["To"] for one in server.taken] == ["ada@fennmark.example"]


def test_what_was_given_up_is_sent_again_on_demand(sink):
    server = sink(rcpt="550 no")
    mail = written()
    send()
    server.rcpt = "250 ok"
    mail.refresh_from_db()

    assert actions.send_again(mail, at=AT + timedelta(days=9))
    assert not actions.send_again(mail, at=AT + timedelta(days=9))
    send(AT + timedelta(days=9))

    mail.refresh_from_db()
    assert mail.state == State.SENT


def test_old_ones_are_forgotten_and_those_still_owed_kept(sink):
    sink()
    sent = written()
    send()
    Mail.objects.update(created_at=AT)
    owed = written()
    Mail.objects.update(created_at=AT)

    assert actions.forget_old(at=AT + timedelta(days=91)) == 1
    assert list(Mail.objects.all()) == [owed]
    assert not Mail.objects.filter(pk=sent.pk).exists()


@pytest.mark.parametrize(
    ("code", "is_final"), [(550, True), (554, True), (450, False), (535, False), (None, False)]
)
def test_refused_for_good(code, is_final):
    assert is_refused(code) is is_final


def test_pauses_grow():
    far = AT + timedelta(days=30)
    times = [due_after(n, at=AT, until=far) or AT for n in range(1, 12)]

    assert times == sorted(times)
    assert times[0] > AT
