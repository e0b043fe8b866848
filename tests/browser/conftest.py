"""One Baton for all of these tests, started and stopped as a user would."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.running import Running, running
from tests.browser.visitors import Visitor


@pytest.fixture(scope="session")
def baton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Ctrl-C ends it in the end, and both processes finish what they hold."""
    with running(tmp_path_factory.mktemp("baton")) as one:
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
