"""Every place that the sidebar names, for the one who sees all of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser
PLACES = "nav a[href^='/']"
INSIDE = (
    "/settings/users/",
    "/settings/teams/",
    "/settings/rates/",
    "/settings/keys/",
    "/account/password/",
    "/account/second-step/",
    "/account/sessions/",
    "/settings/invitations/",
    "/settings/sign-in/",
)


def test_every_place_of_the_sidebar_is_fit_to_be_seen(visit: Callable[..., Visitor]) -> None:
    stranger, olga = visit(), visit("olga")
    stranger.page.goto("/sign-in/")
    stranger.look()
    olga.page.goto("/")
    links = olga.page.eval_on_selector_all(PLACES, "all => all.map(one => one.pathname)")
    assert {"/people/", "/deals/", "/leads/", "/insight/closed-loop/"} <= set(links)

    for place in sorted({*links, *INSIDE}):
        answer = olga.page.goto(place)
        assert answer
        assert answer.status == 200, place
        olga.look()


def test_settings_show_all_their_sections_and_ask_what_a_kind_needs(
    visit: Callable[..., Visitor],
) -> None:
    page = visit("olga").page
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto("/settings/fields/new/")

    expect(page.get_by_role("link", name="Audit", exact=True)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Search or jump to")).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("Choices")).to_be_hidden()
    page.get_by_label("Kind").select_option("Several choices")
    expect(page.get_by_label("Choices")).to_be_visible()


def test_few_tabs_stand_beside_the_title_and_acts_at_the_end(
    visit: Callable[..., Visitor],
) -> None:
    page = visit("olga").page
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto("/duplicates/")

    title, tabs = page.locator(".top h1").bounding_box(), page.locator(".tabs").bounding_box()
    act = page.locator(".top").get_by_role("button", name="Merge the sure").bounding_box()
    assert title
    assert tabs
    assert act
    assert title["x"] < tabs["x"] < act["x"]
