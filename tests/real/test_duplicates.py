"""The matcher on real people with known duplicates, where BATON_REAL_DATA names the folder."""

import csv
import json
import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command

SOURCE = Path(os.environ.get("BATON_REAL_DATA", "/nowhere")) / "febrl" / "dataset1.csv"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.once,
    pytest.mark.skipif(not SOURCE.exists(), reason="BATON_REAL_DATA names no folder of real files"),
]


def test_febrl_pairs_are_found(tmp_path, capsys):
    """The number in rec_id says who is one person: it stands in a column of its own instead."""
    with SOURCE.open(newline="") as file:
        header, *rows = csv.reader(file)
    copy = tmp_path / "people.csv"
    with copy.open("w", newline="") as file:
        write = csv.writer(file)
        write.writerow(["entity", *(name.strip() for name in header[1:])])
        for record, *values in rows:
            number = re.match(r"rec-(\d+)", record)
            assert number, record
            write.writerow([number.group(1), *(value.strip() for value in values)])

    call_command("duplicates", "evaluate", str(copy), "--entity", "entity", "--format", "json")

    told = json.loads(capsys.readouterr().out)
    assert told["true_pairs"] == 500
    assert told["precision"] >= 0.99
    assert told["recall"] >= 0.95
