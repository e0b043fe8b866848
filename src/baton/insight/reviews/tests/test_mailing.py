"""An ended review goes by mail: once to each who reads it, and to each what they may see."""

from base64 import b64decode
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.changes.models import Change
from baton.core.mail.models import Mail
from baton.core.settings.models import Organisation
from baton.insight.reviews.actions import finish_review
from baton.insight.reviews.mailing import NobodyPicked, NotOver, mail_review
from baton.insight.reviews.tests.factories import a_point

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
AT = datetime(2026, 3, 6, 15, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
LINE: dict[str, Any] = {"value": "1", "hue": "", "rows": [["Kiln audit", "/deals/1/"]]}
AGENDA: list[dict[str, Any]] = [
    {"title": "Stuck", "lines": [LINE | {"words": "Overdue", "url": "/insight/reviews/records/"}]},
    {"title": "Lost", "lines": [LINE | {"words": "Wattwise", "url": "", "tells": "competitor"}]},
    {"title": "Nothing", "lines": []},
]


def an_ended_review(by, *, owner):
    a_point(day=MONDAY, kind="decision", text="Proof before price")
    a_point(day=MONDAY, kind="task", text="Write <it> down", owner=owner)
    return finish_review(day=MONDAY, agenda=AGENDA, by=by, at=AT)


def read_on_paper(mail):
    (file,) = mail.files
    assert (file["name"], file["type"]) == ("weekly-review-2026-03-02.pdf", "application/pdf")
    pages = PdfReader(BytesIO(b64decode(file["content"]))).pages
    return "\n".join(page.extract_text() for page in pages)


def head_of_sales():
    return create_user(
        name="Hedda", role=Role.HEAD_OF_SALES, email="hedda@x.example", password="Hedda"
    )


def test_holders_and_takers_of_tasks_get_it_once(admin, rep, colleague, settings):
    settings.SITE_URL = "https://crm.example"
    an_ended_review(admin, owner=rep)

    assert mail_review(day=MONDAY, by=admin, at=AT) == 2
    assert mail_review(day=MONDAY, by=admin, at=AT) == 0

    mails = {mail.user_id: mail for mail in Mail.objects.all()}
    assert set(mails) == {admin.pk, rep.pk}
    text = mails[admin.pk].text
    assert mails[admin.pk].subject.startswith("Weekly review, ")
    assert "https://crm.example/insight/reviews/?week=2026-03-02" in text
    assert "- Proof before price" in text
    assert "- Write <it> down (Teo)" in text
    assert "- Overdue: 1\n  Kiln audit" in text
    assert "Nothing" not in text
    assert "Write &lt;it&gt; down (Teo" in mails[admin.pk].html
    assert 'href="https://crm.example/insight/reviews/records/"' in mails[admin.pk].html
    assert Change.objects.filter(object_type="review", cause="mailed").count() == 1


def test_mail_that_was_given_up_goes_once_more(admin, rep):
    an_ended_review(admin, owner=rep)
    mail_review(day=MONDAY, by=admin, at=AT)
    Mail.objects.filter(user=rep).update(state="failed", tries=9)

    assert mail_review(day=MONDAY, by=admin, at=AT) == 1

    assert set(Mail.objects.values_list("state", "tries")) == {("waiting", 0)}


def test_nobody_is_mailed_what_their_role_is_kept_from(admin, rep):
    Organisation.objects.update(
        field_limits={"head_of_sales": {"deal": {"hidden": ["competitor"]}}}
    )
    head = head_of_sales()
    an_ended_review(admin, owner=rep)

    mail_review(day=MONDAY, by=admin, at=AT)

    texts = {mail.user_id: mail.text for mail in Mail.objects.all()}
    assert "Wattwise" in texts[admin.pk]
    assert "Wattwise" not in texts[head.pk]
    papers = {mail.user_id: read_on_paper(mail) for mail in Mail.objects.all()}
    assert "Wattwise" in papers[admin.pk]
    assert "Wattwise" not in papers[head.pk]
    assert "Kiln audit" in papers[admin.pk]
    assert "Kiln audit" not in papers[rep.pk]
    # Records are named to those alone who see everybody's.
    assert "Kiln audit" in texts[admin.pk]
    assert "Kiln audit" not in texts[rep.pk]


def test_what_goes_on_still_is_not_sent(admin):
    a_point(day=MONDAY)

    with pytest.raises(NotOver):
        mail_review(day=MONDAY, by=admin, at=AT)
    assert not Mail.objects.exists()


def test_button_sends_and_says_that_mail_waits(signed_in, admin, rep):
    an_ended_review(admin, owner=rep)
    client = signed_in(admin)
    page = client.get("/insight/reviews/?week=2026-03-02").content.decode()
    assert "Send it by mail" in page

    picked = {"week": "2026-03-02", "readers": [admin.key, rep.key]}
    said = client.post("/insight/reviews/send/", picked, follow=True)

    assert "It goes to 2 readers. No mail server is named yet" in said.content.decode()
    assert Mail.objects.count() == 2
    assert signed_in(rep).post("/insight/reviews/send/", {"week": "2026-03-02"}).status_code == 403


def test_sender_picks_readers_but_none_who_may_not_read(signed_in, admin, rep, colleague):
    an_ended_review(admin, owner=rep)
    page = signed_in(admin).get("/insight/reviews/?week=2026-03-02")
    assert page.context["send_form"].initial["readers"] == [str(admin.key), str(rep.key)]

    assert mail_review(day=MONDAY, by=admin, at=AT, readers=[colleague]) == 1
    assert set(Mail.objects.values_list("user", flat=True)) == {colleague.pk}
    names = dict(
        signed_in(admin)
        .get("/insight/reviews/?week=2026-03-02")
        .context["send_form"]
        .fields["readers"]
        .choices
    )
    assert names[str(colleague.key)] == f"{colleague.name} (has it)"

    with pytest.raises(NobodyPicked):
        mail_review(day=MONDAY, by=admin, at=AT, readers=[])


def test_nobody_picked_is_said_on_the_page(signed_in, admin, rep):
    an_ended_review(admin, owner=rep)

    sent = {"week": "2026-03-02", "readers": ["nobody"]}
    said = signed_in(admin).post("/insight/reviews/send/", sent, follow=True)

    assert "Pick at least one reader." in said.content.decode()
    assert not Mail.objects.exists()
