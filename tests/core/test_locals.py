"""What Django keeps per request is kept by the thread, and no other thread sees it."""

from threading import Thread

import pytest
from django.urls import get_urlconf, set_urlconf
from django.utils import timezone, translation

from baton.core.locals import PLACES


@pytest.mark.parametrize(("owner", "name"), PLACES, ids=lambda place: str(place)[:40])
def test_place_is_asked_without_a_call_of_python(owner, name):
    assert type(getattr(owner, name)).__module__ == "_thread"


def test_another_thread_sees_neither_language_nor_zone_nor_addresses():
    seen: list[object] = []

    def look() -> None:
        seen.append((translation.get_language(), str(timezone.get_current_timezone())))
        seen.append(get_urlconf())

    with translation.override("de"), timezone.override("Asia/Tokyo"):
        set_urlconf("tests.routes")
        other = Thread(target=look)
        other.start()
        other.join()
        set_urlconf(None)

    assert seen == [("en", "UTC"), None]
