from collections.abc import Iterator

import pytest

from baton.core import offers
from baton.core.filters.tests.subjects import OFFERS


@pytest.fixture(autouse=True, scope="module")
def _offered_fields() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offers, "filter_fields", OFFERS)
        yield
