"""What one is told and how: the page, the worker that shows pushes, and the call that follows."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.running import Running
from tests.browser.visitors import PHONE, Visitor

pytestmark = pytest.mark.browser
PAGE = "/account/notices/"
SCOPE = "navigator.serviceWorker.ready.then((worker) => worker.scope)"
# A headless browser has no desktop to show anything on: what it was told to show is kept.
KEEP = """
() => {
  self.registration.showNotification = (...told) => {
    self.shown = told;
    return Promise.resolve();
  };
}
"""
SHOWN = """
async () => {
  while (!self.shown) await new Promise((done) => setTimeout(done, 20));
  const [title, { body, data }] = self.shown;
  return [title, body, data.url];
}
"""


def test_ways_are_chosen_and_kept(visit: Callable[..., Visitor]) -> None:
    teo = visit("teo")
    teo.page.goto(PAGE)
    box = teo.page.get_by_role("checkbox", name="Somebody gives me a task: Mail at once")
    was = box.is_checked()

    box.set_checked(not was)
    teo.page.get_by_role("button", name="Save").first.click()
    expect(teo.page.get_by_text("Saved.").first).to_be_visible()
    teo.page.goto(PAGE)

    expect(box).to_be_checked(checked=not was)
    teo.look()


def test_worker_is_registered_and_shows_what_is_pushed(
    visit: Callable[..., Visitor], baton: Running
) -> None:
    teo = visit()
    teo.sign_in("teo", baton.password())
    teo.browser.grant_permissions(["notifications"])
    versions: list[str] = []
    line = teo.browser.new_cdp_session(teo.page)
    line.on("ServiceWorker.workerRegistrationUpdated", lambda sent: versions.extend(_ids(sent)))
    line.send("ServiceWorker.enable")
    teo.page.goto(PAGE)
    expect(teo.page.locator("b-push")).to_have_attribute("data-ready", "")

    assert teo.page.evaluate(SCOPE) == f"{baton.address}/"
    [worker] = teo.browser.service_workers
    worker.evaluate(KEEP)
    told = {"title": "Jonas Weil is offered to you", "body": "", "url": "/inbox/", "tag": "1"}
    line.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": baton.address, "registrationId": versions[-1], "data": json.dumps(told)},
    )
    assert worker.evaluate(SHOWN) == ["Jonas Weil is offered to you", "", "/inbox/"]
    line.detach()


def _ids(sent: dict[str, list[dict[str, str]]]) -> list[str]:
    return [one["registrationId"] for one in sent["registrations"]]


def test_on_a_phone_a_lead_is_called_and_logged_by_one_tap_each(
    visit: Callable[..., Visitor],
) -> None:
    teo = visit("teo")
    teo.page.set_viewport_size(PHONE)
    teo.page.goto("/leads/")
    leads = teo.page.eval_on_selector_all("#queue li a", "all => all.map((one) => one.href)")
    call = teo.page.get_by_role("link", name="Call +")
    for lead in leads:  # who left no number cannot be called
        teo.page.goto(lead)
        if call.count():
            break

    expect(call).to_be_visible()
    assert str(call.get_attribute("href")).startswith("tel:+")
    teo.page.get_by_role("button", name="Left a message").click()
    expect(teo.page.get_by_text("Logged.").first).to_be_visible()
