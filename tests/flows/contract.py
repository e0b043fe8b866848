"""A stranger who has read nothing but OpenAPI: schemathesis asks each operation for what its schema
allows and for what it does not, and every answer must be one that the schema tells of.

Its plugin is not used (``-p no:schemathesis``), and this file is slow to import.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from baton.core.access.actions import create_api_key
from tests.flows.bodies import REPS, body_of
from tests.flows.catalogue import Catalogue
from tests.flows.doors import PLACE, Route, routes
from tests.flows.lasting import Lasting

CALM = list(HealthCheck)  # a busy machine is no failure
PHASES = [Phase.generate, Phase.shrink]
LIKELY = 6  # records that an address seems to mean, to choose from
# What schemas cannot tell (whether a channel exists) lies beside these: valid data may be refused.
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
# A key is a matter of its own (test_api_matrix), and sent with every request.
CONFIG = {
    "generation": {"with-security-parameters": False},
    # 413 is not among the usual ones: a list of too many may be more than a body may hold.
    "checks": {
        "negative_data_rejection": {
            "expected-statuses": [*(400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429)]
        }
    },
}


class Stranger:
    """Asks with the key of an admin, in a house where there is one of each; nothing remains."""

    def __init__(self, story: Lasting) -> None:
        _row, secret = create_api_key(user=story.house.ada, name="a stranger")
        # Packed answers would be read as they come.
        self.headers = {"authorization": f"Bearer {secret}", "accept-encoding": "identity"}
        self.known = Catalogue()
        self.keys = self.known.one_of_each() | dict.fromkeys(REPS, str(story.house.teo.key))

    def ask(self, case: Any) -> None:
        with transaction.atomic():
            answer = case.call(headers=self.headers)
            transaction.set_rollback(True)
        case.validate_response(answer, headers=self.headers, checks=CHECKS)

    def cases(self, operation: Any, route: Route) -> st.SearchStrategy[Any]:
        """As the schema has it, or not; or with records and words that exist."""
        wild, wrong = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)
        names = [name for name, _converter in route.door.places()]
        likely = list(islice(route.door.combinations(self.known), LIKELY))
        return st.one_of(wild, wrong, self._meant(wild, names, likely, self._words(route)))

    def _words(self, route: Route) -> dict[str, Any]:
        words = body_of(route, keys=self.keys)
        return words | ({"version": 1} if "version" in words else {})

    @staticmethod
    @st.composite
    def _meant(draw: st.DrawFn, wild: Any, names: Any, likely: Any, words: Any) -> Any:
        case = draw(wild)
        if names:
            pieces = draw(st.sampled_from(likely))
            case.path_parameters = {
                name: one.value for name, one in zip(names, pieces, strict=True)
            }
        if words and isinstance(case.body, dict):
            told = draw(st.just(set(words)) | st.sets(st.sampled_from(sorted(words))))
            case.body = case.body | {name: words[name] for name in told}
        return case


def broken_promises(story: Lasting, *, examples: int) -> dict[str, str]:
    """By route, what was answered that OpenAPI does not tell of, and how to ask for it."""
    stranger, broken = Stranger(story), {}
    for operation, route in _operations():
        try:
            _examine(stranger, stranger.cases(operation, route), examples)
        except FailureGroup as group:
            broken[str(route)] = str(group)
    return broken


def _operations() -> Iterator[tuple[Any, Route]]:
    config = schemathesis.Config.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), config=config)
    ways = {(route.method, _plain(route)): route for route in routes()}
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result.err()
        operation = result.ok()
        yield operation, ways[operation.method, operation.path]


def _plain(route: Route) -> str:
    return "/" + PLACE.sub(r"{\2}", route.door.address)


def _examine(stranger: Stranger, cases: st.SearchStrategy[Any], examples: int) -> None:
    @given(case=cases)
    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=PHASES,
        report_multiple_bugs=False,
        suppress_health_check=CALM,
    )
    def ask(case: Any) -> None:
        stranger.ask(case)

    ask()
