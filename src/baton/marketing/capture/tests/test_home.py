import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from baton.marketing.capture.models import Submission
from baton.marketing.capture.tests.factories import AT, a_form, a_page, a_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def test_home_shows_which_forms_brought_somebody_and_opens_them(signed_in, marketer):
    form = a_form(name="Price list")
    page = a_page(form=form, title="Prices")
    elsewhere = a_submission(form=form, name="By mail")
    a_submission(form=form, name="On the page")
    a_submission(form=form, at=AT - timedelta(days=40), name="Long ago")
    Submission.objects.exclude(pk=elsewhere.pk).update(page=page)
    a_submission(form=form, name="By phone")
    browser = signed_in(marketer)

    shown = browser.get("/").content.decode()
    links = re.findall(r'<a class="row-link" href="([^"]*days=28)">Price list', shown)
    names = ("On the page", "By mail", "By phone", "Long ago")
    behind = [
        [name for name in names if name in browser.get(unescape(link)).content.decode()]
        for link in links
    ]

    assert behind == [["By mail", "By phone"], ["On the page"]]


def test_home_without_submissions_leads_on(signed_in, marketer):
    assert "Nobody sent a form lately." in signed_in(marketer).get("/").content.decode()
