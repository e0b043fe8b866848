"""A line on which answers come when the test says so."""

from collections.abc import Callable
from re import Pattern

from playwright.sync_api import Page, Route


class SlowLine:
    """What is asked at such addresses waits until the line is open, and no longer then."""

    def __init__(self, page: Page, url: str | Pattern[str]) -> None:
        self._waiting: list[Route] = []
        self._send: Callable[[Route], None] | None = None
        page.route(url, self._meet)

    def _meet(self, route: Route) -> None:
        if self._send is None:
            self._waiting.append(route)
        else:
            self._send(route)

    def open(self, send: Callable[[Route], None] = Route.fallback) -> None:
        """Send all that wait, in their order, and whatever comes later."""
        waiting, self._waiting, self._send = self._waiting, [], send
        for route in waiting:
            send(route)

    def answer(self, body: str) -> None:
        self.open(lambda route: route.fulfill(body=body, content_type="text/html"))

    def close(self) -> None:
        self._send = None
