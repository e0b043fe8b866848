"""JSON of many small values. ``JSONEncoder.encode`` makes the encoder that is written in C anew for
each of them, which takes longer than to use it."""

from collections.abc import Callable
from json import JSONEncoder, encoder
from typing import Any


def writer(kind: JSONEncoder) -> Callable[[Any], str]:
    """As ``kind.encode`` writes, of values that do not hold themselves."""
    make = getattr(encoder, "c_make_encoder", None)
    if make is None:
        return kind.encode
    text, between, after = encoder.encode_basestring_ascii, kind.item_separator, kind.key_separator
    ways = kind.sort_keys, kind.skipkeys, kind.allow_nan
    write = make(None, kind.default, text, kind.indent, after, between, *ways)
    return lambda value: "".join(write(value, 0))
