"""What OpenAPI says of every route beyond its own schema: the problems it may answer with."""

from collections.abc import Callable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema, get_schema

from baton.core.api.idempotency import LONGEST
from baton.core.api.problems import problem_response

# By status; docs/api.md has the same table.
PROBLEMS = {
    400: "Not JSON, no object, or an address that no text has.",
    401: "No key, or none that lives.",
    403: "The key may not do that.",
    404: "There is nothing here that this key may see.",
    409: "A rule of the house says no, or somebody was faster; the sentence says which.",
    411: "A body without a length.",
    413: "A body of more than a megabyte.",
    422: "Mend what you sent; `errors` has a line for each field.",
    503: "The database is busy: send it again after `Retry-After` seconds.",
}
ALWAYS = (400, 401, 403, 404, 422, 503)  # the rest comes of writing
PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457 problem details, with one sentence to show or to log.",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"at": {"type": "string"}, "message": {"type": "string"}},
                "required": ["at", "message"],
            },
        },
        "fields": {
            "description": "What to mend, where a rule refused for want of it.",
            "type": "array",
            "items": {"type": "string"},
        },
    },
    "required": ["type", "title", "status", "detail"],
}
RETRY = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
IDEMPOTENCY = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "The same key again gets the same answer and has no second effect.",
    "schema": {"type": "string", "maxLength": LONGEST},
    "required": False,
}


class HouseAPI(NinjaAPI):
    """Every refusal is a problem, and OpenAPI tells of each."""

    def _get_urls(self) -> list[Any]:
        """Ninja answers 405 before any handler of ours is asked."""
        found = super()._get_urls()
        for pattern in found:
            assert isinstance(pattern, URLPattern)
            pattern.callback = _with_problem(pattern.callback)
        return found

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return _told(self, path_prefix or self.get_root_path(path_params or {}))


@cache  # half a second each time, and anybody may ask
def _told(api: HouseAPI, prefix: str) -> OpenAPISchema:
    told = get_schema(api=api, path_prefix=prefix)
    told["components"]["schemas"]["Problem"] = PROBLEM
    told["components"]["responses"] = {_name(status): _response(status) for status in PROBLEMS}
    for operations in told["paths"].values():
        for method, operation in operations.items():
            _tell(operation, method=method)
    return told


def _with_problem(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
        methods = ", ".join(sorted(answer["Allow"].split(", ")))
        refused = problem_response(answer.status_code, f"This address takes {methods}.")
        refused["Allow"] = methods
        return refused

    return spoken


def _tell(operation: dict[str, Any], *, method: str) -> None:
    if "201" in {str(status) for status in operation["responses"]}:  # what makes something
        operation["parameters"].append(IDEMPOTENCY)
    statuses = ALWAYS if method == "get" else PROBLEMS
    operation["responses"] |= {
        str(status): {"$ref": f"#/components/responses/{_name(status)}"} for status in statuses
    }


def _name(status: int) -> str:
    return HTTPStatus(status).name.title().replace("_", "")


def _response(status: int) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    said: dict[str, Any] = {"description": PROBLEMS[status], "content": content}
    return said | ({"headers": {"Retry-After": RETRY}} if status == 503 else {})
