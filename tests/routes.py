"""The routes as docs/api.md lists them: ``scripts/routes`` writes them, a test checks them."""

from collections.abc import Iterator
from itertools import groupby

from ninja.operation import Operation

from baton.config.urls import api

MARK = "<!-- scripts/routes writes what follows -->\n"
ROOT = "/api/v1/"


def as_markdown() -> str:
    """A table for each module."""
    parts = [
        "\n".join([f"\n### {module}", "| route | needs | |", "|---|---|---|", *rows])
        for module, rows in _by_module()
    ]
    return "\n".join(parts) + "\n"


def _by_module() -> Iterator[tuple[str, list[str]]]:
    needs = _permissions()
    rows = [
        (
            _module(path),
            f"| `{method.upper()} {path}` | `{needs[said['operationId']]}` | {_words(said)} |",
        )
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, said in methods.items()
    ]
    for module, found in groupby(rows, key=lambda row: row[0]):
        yield module, [line for _module, line in found]


def _module(path: str) -> str:
    return path.removeprefix(ROOT).partition("/")[0]


def _permissions() -> dict[str, str]:
    return {
        operation.operation_id or api.get_openapi_operation_id(operation): _permission(operation)
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    }


def _permission(operation: Operation) -> str:
    """The mark that ``@needs`` has left."""
    return str(getattr(operation.view_func, "permission", ""))


def _words(said: dict[str, str]) -> str:
    """Its name, and what the route says of itself, in one line."""
    told = f"{said['summary'].capitalize()}. {said.get('description', '')}"
    return " ".join(told.replace("``", "`").replace("|", "\\|").split())
