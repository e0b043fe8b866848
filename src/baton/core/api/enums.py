"""Few values as a schema tells them: OpenAPI keeps enums by their bare names, and modules have
enums of the same name."""

from enum import Enum

from pydantic import WithJsonSchema


def told_here(of: type[Enum]) -> WithJsonSchema:
    """The values stand where they are used: ``Annotated[Kind, told_here(Kind)]``."""
    return WithJsonSchema({"type": "string", "enum": [one.value for one in of]})
