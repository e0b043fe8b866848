"""One Baton for all of these tests, started and stopped as a user would."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.running import Running
from tests.browser.visitors import Visitor

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


@pytest.fixture
def visit(chromium: Browser, baton: Running) -> Iterator[Callable[..., Visitor]]:
    """``visit()`` is a stranger's browser, ``visit("teo")`` a colleague's; faults fail the test."""
    opened: list[Visitor] = []

    def come(user: str = "", *, has_script: bool = True) -> Visitor:
        visitor = Visitor(chromium, baton, has_script=has_script)
        opened.append(visitor)
        if user:
            visitor.sign_in(user, baton.password())
        return visitor

    yield come
    said = [fault for visitor in opened for fault in visitor.faults]
    for visitor in opened:
        visitor.context.close()
    assert said == []
