"""What goes out of records, read straight."""

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, Self

from ninja import Schema
from pydantic import ModelWrapValidatorHandler, ValidationInfo, model_validator


class Shown(Schema):
    """Made from a record: a field is what ``resolve_…`` of its name says, else the attribute. Ninja
    looks at each through a getter that also knows files, methods and dotted names, which takes
    longer than to check the values. So no field has a default, and none is called otherwise."""

    @model_validator(mode="wrap")
    @classmethod
    def _run_root_validator(
        cls, values: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        if isinstance(values, cls | Mapping):
            return handler(values)
        return handler({name: read(values) for name, read in _readers(cls).items()})


@cache
def _readers(schema: type[Shown]) -> Mapping[str, Callable[[Any], Any]]:
    return {
        name: getattr(schema, f"resolve_{name}", attrgetter(name)) for name in schema.model_fields
    }
