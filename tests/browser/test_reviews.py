"""The weekly review as it is held: who takes it and until when is asked of a task alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser


def test_who_takes_it_is_asked_of_a_task_alone(visit: Callable[..., Visitor]) -> None:
    page = visit("nora").page
    page.goto("/insight/reviews/")
    owner, until = page.get_by_label("Who takes it"), page.get_by_label("Until")
    expect(owner).to_be_hidden()
    expect(until).to_be_hidden()

    page.get_by_label("As", exact=True).select_option("task")

    expect(owner).to_be_visible()
    expect(until).to_be_visible()
