"""What a body may be: JSON as its standard has it, and one object."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class ObjectParser(Parser):
    """Ninja answers 400 to what cannot be parsed.

    Of any other value it would read attributes: the text "abc" has a ``title``, and made a task.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body = json.loads(request.body, parse_constant=_refuse)
        if not isinstance(body, dict):
            raise ValueError("The body is no object")
        return body


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
