"""JSON written by an encoder that is made once."""

import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from baton.core.papers import writer

VALUES: tuple[Any, ...] = (
    {"full_name": "Zoë “Z” \n", "b": [1, None, 1.5, {"a": True}], "a": {}},
    [],
    "text",
    None,
    7,
    {"at": DjangoJSONEncoder},
)


@pytest.mark.parametrize("kind", [json.JSONEncoder(), DjangoJSONEncoder(sort_keys=True)])
def test_values_are_written_as_their_encoder_writes_them(kind):
    write = writer(kind)

    assert [write(one) for one in VALUES[:-1]] == [kind.encode(one) for one in VALUES[:-1]]


def test_value_that_json_has_not_is_refused_and_the_next_is_written():
    write = writer(json.JSONEncoder())

    with pytest.raises(TypeError):
        write(VALUES[-1])

    assert write([1]) == "[1]"


def test_encoder_does_without_its_part_in_c(monkeypatch):
    monkeypatch.setattr(json.encoder, "c_make_encoder", None)

    assert writer(json.JSONEncoder())({"a": 1}) == '{"a": 1}'
