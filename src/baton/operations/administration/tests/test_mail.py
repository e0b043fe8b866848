import pytest
from django.urls import reverse

from baton.core.mail.actions import write_mail
from baton.core.mail.models import Mail
from baton.core.mail.rules import State
from conftest import AT

pytestmark = pytest.mark.django_db
MAILS = reverse("administration:mails")


def test_page_says_that_no_server_is_named_and_lists_what_waits(company, admin, signed_in):
    browser = signed_in(admin)
    answer = browser.post(reverse("administration:test-mail"), follow=True)

    page = answer.content.decode()
    assert "No mail server is named" in page
    assert "A test from Baton" in page
    assert Mail.objects.get().to == "ada@fennmark.example"


def test_what_was_given_up_tells_why_and_is_sent_again(company, admin, signed_in):
    write_mail(kind="x", to="eva@b.example", subject="Plan", text="Read <this>", at=AT)
    Mail.objects.update(state=State.FAILED, told="550 no such user")
    mail, browser = Mail.objects.get(), signed_in(admin)
    page = browser.get(reverse("administration:one-mail", args=[mail.key])).content.decode()

    browser.post(reverse("administration:mail-again", args=[mail.key]))

    assert "550 no such user" in page
    assert "Read &lt;this&gt;" in page
    mail.refresh_from_db()
    assert mail.state == State.WAITING


def test_states_are_tabs(company, admin, signed_in):
    for n in range(2):
        write_mail(kind="x", to="eva@b.example", subject=f"Plan {n}", text="", at=AT)
    Mail.objects.filter(subject="Plan 1").update(state=State.SENT)

    page = signed_in(admin).get(f"{MAILS}?state=sent").content.decode()

    assert "Plan 1" in page
    assert "Plan 0" not in page
