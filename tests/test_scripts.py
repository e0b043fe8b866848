"""The scripts that make calls: what they look for is not hidden by their own names."""

import re
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
SHELL = [path for path in SCRIPTS.iterdir() if path.read_text().startswith("#!/usr/bin/env bash")]


@pytest.mark.parametrize("script", SHELL, ids=lambda path: path.name)
def test_no_function_hides_a_program_that_is_looked_for(script):
    text = script.read_text()
    functions = set(re.findall(r"^(\w+)\(\)", text, re.MULTILINE))
    looked_for = set(re.findall(r"command -v (\w+)", text))

    assert functions & looked_for == set()
