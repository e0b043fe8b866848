import csv
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from baton.insight.analytics.tests.factories import a_deal, a_story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
CSV = ("--format", "csv")


def report(*words):
    out = StringIO()
    call_command("report", *words, stdout=out)
    return out.getvalue()


def test_command_prints_json_with_null_for_unknown():
    a_deal(None, amount=None, state="won")

    data = json.loads(report("pipeline", "--by", "region", "--format", "json"))

    assert (data["report"], data["by"], len(data["rows"])) == ("pipeline", "region", 1)
    assert (data["totals"]["won"], data["totals"]["won_amount"]) == (1, None)


def test_command_prints_a_table_and_harmless_csv(rep):
    rep.name = "=cmd()"
    rep.save()
    a_deal(None, owner=rep)

    lines = report("pipeline", "--format", "csv").splitlines()

    assert "total" in report("pipeline")
    assert lines[0].startswith('"group","created","open","won","lost",')
    assert lines[1].startswith('"\'=cmd()","1","1","0","0",')
    assert lines[2].startswith('"total","1","1","0","0",')


def test_command_tells_the_way_from_step_to_step_and_all_reasons(rep, outsider):
    a_story(rep=rep, outsider=outsider)

    table = report("closed-loop")
    rows = {row["group"]: row for row in csv.DictReader(StringIO(report("closed-loop", *CSV)))}

    assert [rows["search"][name] for name in ("conversion lead>mql", "median_days lead>mql")] == [
        "1.0",
        "1.0",
    ]
    assert (rows["search"]["inferred sal"], rows["email"]["cost_per_mql"]) == ("1", "")
    assert rows["total"]["reasons"] == "price (deal) 2; no_fit (handoff) 2"
    assert "search: price (deal) 2" in table
    for words in ("\nconversion\n", "\nmedian_days\n", "\ninferred\n", "cost_per_customer"):
        assert words in table


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["closed-loop", "--by", "moon"], "cannot be grouped by moon"),
        (["closed-loop", "--from", "yesterday"], "is no date"),
        (["closed-loop", "--from", "2026-13-01"], "is no date"),
        (["closed-loop", "--to", "9999-12-31"], "Choose days from 1970 to 2199"),
        (["pipeline", "--from", "2026-02-01", "--to", "2026-01-01"], "lies after the last"),
    ],
)
def test_command_refuses_with_one_sentence(words, message):
    with pytest.raises(CommandError, match=message) as refused:
        report(*words)

    assert refused.value.returncode == 2
