"""Values of the audit as people read them."""

import pytest

from baton.core.audit.queries import _said


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("2026-11-17T12:00:00+00:00", "17 Nov 2026 12:00"),
        ("2026-11-17", "17 Nov 2026"),
        ("2026-99-99", "2026-99-99"),  # looks like a day, and is none
        ("0001-01-01T00:00:00+12:00", "0001-01-01T00:00:00+12:00"),  # before all days, by our clock
        ("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59-12:00"),
        ("1.44E+4", "14400"),
        (True, "yes"),
        (None, ""),
    ],
)
def test_value_is_said_as_people_write_it(kept, said, settings):
    settings.TIME_ZONE = "UTC"

    assert _said(kept) == said
