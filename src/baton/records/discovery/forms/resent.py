"""A form that is shown again with all that was typed, and some of it put right."""

from collections.abc import Mapping
from typing import cast

from django.http import QueryDict


def resent(data: object, values: Mapping[str, str]) -> QueryDict:
    """What was sent, with these values in place of what stood there."""
    fresh = cast(QueryDict, data).copy()
    for name, text in values.items():
        fresh[name] = text
    return fresh
