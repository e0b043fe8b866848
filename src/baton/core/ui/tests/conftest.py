"""A real Chromium over the style guide, served by the same process."""

from collections.abc import Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from types import MappingProxyType, SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.auth import middleware
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, expect

from baton.core.ui import context, palette, pinned
from baton.core.ui.slots import Count, Group, NavigationItem
from baton.core.ui.tests.chromium import WATCH

REFUSED = "refused by policy"
PATIENCE = 15_000  # ms; a busy machine is no failure
expect.set_options(timeout=PATIENCE)


class ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        """Tests say themselves what went wrong."""


class Ann(SimpleNamespace):
    is_authenticated = is_active = True
    is_anonymous = False
    pk = 1
    key = "ann"
    email = "ann@coldwick.example"
    local_zone = "Europe/Berlin"
    kept_limits = MappingProxyType[str, object]({})

    def may(self, permission: str) -> bool:
        return True

    def __str__(self) -> str:
        return "Ann Boyd"


def place(group: Group, label: str, icon: str, key: str = "", **others: Any) -> NavigationItem:
    return NavigationItem(
        group=group, label=label, url_name="ui:styleguide", icon=icon, key=key, **others
    )


NAVIGATION = [
    place(Group.TOP, "Home", "home", "g h", on_phone=True),
    place(Group.TOP, "Tasks", "tasks", "g t", on_phone=True, count=lambda _: 3),
    place(
        Group.HANDOFF,
        "Leads to answer",
        "leads",
        "g l",
        short="Leads",
        on_phone=True,
        count=lambda _: Count(6, hue="red"),
    ),
    place(Group.RELATIONS, "People", "people", "g p", on_phone=True),
    place(Group.ACCOUNT, "Sign out", "signout", is_post=True),
    place(Group.THEME, "Theme", "theme"),
    place(Group.FOLD, "Fold", "down"),
]


@pytest.fixture(autouse=True)
def no_database(settings: Any) -> None:
    """The style guide needs none; whether anybody is here yet stands in one."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("FirstRun")]


@pytest.fixture
def guide(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the style guide, with a user and a sidebar."""
    settings.STYLEGUIDE = True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(middleware, "get_user", lambda request: Ann())
    monkeypatch.setattr(context, "navigation", NAVIGATION)
    monkeypatch.setattr(pinned, "pins", [])
    monkeypatch.setattr(palette, "navigation", NAVIGATION)
    monkeypatch.setattr(palette, "finders", [])
    monkeypatch.setattr(palette, "commands", [])
    server = make_server(
        "127.0.0.1", 0, get_wsgi_application(), server_class=ThreadedServer, handler_class=Quiet
    )
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/styleguide/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(chromium: Browser, guide: str) -> Iterator[Page]:
    """A page that fails the test when a script of ours threw or the policy refused one."""
    opened = chromium.new_page(
        viewport={"width": 1440, "height": 900}, base_url=guide, reduced_motion="reduce"
    )
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(f"thrown: {error}"))
    opened.on("console", lambda said: wrong.append(said.text) if REFUSED in said.text else None)
    opened.set_default_timeout(PATIENCE)
    opened.add_init_script(WATCH)
    yield opened
    opened.context.close()
    assert wrong == []
