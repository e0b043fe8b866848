"""Every place that the sidebar names, for the one who sees all of it."""

from collections.abc import Callable

import pytest

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
    links = olga.page.eval_on_selector_all(PLACES, "all => all.map(one => one.pathname)")
    assert {"/people/", "/deals/", "/leads/", "/insight/closed-loop/"} <= set(links)

    for place in sorted({*links, *INSIDE}):
        answer = olga.page.goto(place)
        assert answer
        assert answer.status == 200, place
        olga.look()
