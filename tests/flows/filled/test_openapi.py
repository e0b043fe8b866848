"""The contract is kept: ``contract.py`` asks, ``CONTRACT_EXAMPLES=300`` at length."""

import os
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.flows.lasting import Lasting

pytestmark = [pytest.mark.django_db, pytest.mark.once]
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "4"))  # for each operation


@pytest.fixture(scope="module")
def steady(story: Lasting) -> Iterator[Lasting]:
    ends = (request_started, request_finished)
    for end in ends:  # a request would close the connection, and end the story
        end.disconnect(close_old_connections)
    yield story
    for end in ends:
        end.connect(close_old_connections)


def test_every_answer_is_one_that_openapi_tells_of(steady):
    from tests.flows.contract import broken_promises  # noqa: PLC0415 -- slow import

    broken = broken_promises(steady, examples=EXAMPLES)

    assert not broken, "\n\n".join(f"{route}: {said}" for route, said in broken.items())
