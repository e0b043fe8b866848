import pytest

from baton.marketing.capture import pace


@pytest.fixture(autouse=True)
def fresh_pace():
    """All tests come from one address."""
    pace.forget()
