"""One Baton for all of these tests, started and stopped as a user would."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.running import Running
from tests.browser.visitors import Visitor, opened

expect.set_options(timeout=15_000)  # a busy machine is no failure
STARTED = pytest.StashKey[Running]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """It tells its demo while tests run that need no Baton: those of core/ui."""
    asks = any("baton" in getattr(item, "fixturenames", ()) for item in session.items)
    if asks and not session.config.option.collectonly:
        session.config.stash[STARTED] = Running(Path(tempfile.mkdtemp(prefix="baton-browser-")))


def pytest_sessionfinish(session: pytest.Session) -> None:
    started = session.config.stash.get(STARTED, None)
    if started:
        started.stop()
        shutil.rmtree(started.home, ignore_errors=True)


@pytest.fixture(scope="session")
def baton(pytestconfig: pytest.Config) -> Iterator[Running]:
    """Ctrl-C ends it in the end, and both processes finish what they hold."""
    one = pytestconfig.stash[STARTED]
    one.wait()
    yield one
    code = one.stop()
    assert (code, "Traceback" in one.said()) == (0, False), one.said()


@pytest.fixture(scope="session")
def browser_of(chromium: Browser, baton: Running) -> Iterator[Callable[[str], BrowserContext]]:
    """Each colleague has one for the whole run, and signs in there once."""
    browsers: dict[str, BrowserContext] = {}

    def found(user: str) -> BrowserContext:
        if user not in browsers:
            browser = opened(chromium, baton.address)
            visitor = Visitor(browser, baton)
            visitor.sign_in(user, baton.password())
            visitor.page.close()
            assert visitor.faults == []
            browsers[user] = browser
        return browsers[user]

    yield found
    for browser in browsers.values():
        browser.close()


@pytest.fixture
def visit(
    chromium: Browser, baton: Running, browser_of: Callable[[str], BrowserContext]
) -> Iterator[Callable[..., Visitor]]:
    """``visit()`` is a stranger's browser, ``visit("teo")`` a new tab of a colleague's.

    Faults fail the test.
    """
    come: list[Visitor] = []
    own: list[BrowserContext] = []

    def visitor(user: str = "", *, has_script: bool = True) -> Visitor:
        if user and has_script:
            browser = browser_of(user)
        else:
            state = browser_of(user).storage_state() if user else None
            browser = opened(chromium, baton.address, has_script=has_script, state=state)
            own.append(browser)
        come.append(Visitor(browser, baton, user))
        return come[-1]

    yield visitor
    said = [fault for one in come for fault in one.faults]
    for one in come:
        one.page.close()
    for browser in own:
        browser.close()
    assert said == []
