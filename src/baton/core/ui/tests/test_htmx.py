import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from baton.core.ui.htmx import go, page_or_partial
from baton.core.ui.messages import say

pytestmark = pytest.mark.django_db


def asked(*, by_htmx: bool):
    headers = {"HX-Request": "true"} if by_htmx else {}
    request = RequestFactory().get("/", headers=headers)
    for middleware in (SessionMiddleware, MessageMiddleware, HtmxMiddleware):
        middleware(lambda _: HttpResponse())(request)
    return request


def answer(request, *, status=200):
    context = {"table": {"head": ["<Stage>"], "rows": []}}
    return page_or_partial(request, "ui/toasts.html", "shown", context, status=status)


def test_whole_page_for_a_browser_and_the_partial_for_htmx():
    page = page_or_partial(asked(by_htmx=False), "404.html", "box", {})
    part = answer(asked(by_htmx=True), status=422)

    assert page.content.startswith(b"<!doctype html>")
    assert (part.content.strip(), part.status_code) == (b"", 422)


def test_both_answers_say_that_they_differ_for_htmx():
    answers = [answer(asked(by_htmx=by_htmx)) for by_htmx in (True, False)]

    assert ["HX-Request" in each["Vary"] for each in answers] == [True, True]


def test_toast_travels_with_the_partial_and_has_a_way_back():
    request = asked(by_htmx=True)
    say(request, "Moved to <Proposal>.", undo_url="/deals/1/undo/")

    html = answer(request).content.decode()

    assert '<hx-partial hx-target="#toasts">' in html
    assert "Moved to &lt;Proposal&gt;." in html
    assert '<form method="post" action="/deals/1/undo/"' in html
    assert "csrfmiddlewaretoken" in html


def test_toast_without_a_way_back_has_no_form():
    request = asked(by_htmx=True)
    say(request, "Saved.")

    html = answer(request).content.decode()

    assert "Saved." in html
    assert "<form" not in html


@pytest.mark.parametrize(
    ("by_htmx", "status", "header"), [(True, 204, "HX-Redirect"), (False, 302, "Location")]
)
def test_go_leads_each_browser_in_its_own_way(by_htmx, status, header):
    response = go(asked(by_htmx=by_htmx), "/people/")

    assert (response.status_code, response[header]) == (status, "/people/")
