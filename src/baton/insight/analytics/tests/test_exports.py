import csv
from io import StringIO

import pytest

from baton.insight.analytics.tests.factories import a_deal, a_lead, a_story
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LOOP, PIPELINE = "/insight/closed-loop/", "/insight/pipeline/"


def exported(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_export_holds_what_the_page_shows(admin, rep, outsider, signed_in):
    a_story(rep=rep, outsider=outsider)
    client = signed_in(admin)

    page, answer = client.get(f"{LOOP}?sort=group"), client.get(f"{LOOP}export/?sort=group")

    rows = exported(answer)
    table = page.context["table"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="closed-loop-by-source.csv"' in answer["Content-Disposition"]
    assert rows[0][:3] == ["Source", "Leads", "MQLs"]
    assert rows[0][6] == "Pipeline, EUR"
    assert [row[0] for row in rows[1:]] == [line.label for line in [*table.lines, table.total]]
    assert [row[1] for row in rows[1:]] == [
        line.cells[0].words for line in [*table.lines, table.total]
    ]
    assert rows[-1][9:14] == ["0", "5000.00", "unknown", "unknown", "unknown"]
    total = dict(zip(rows[0], rows[-1], strict=True))
    assert (total["Lead to MQL, share"], total["Lead to MQL, median days"]) == ("0.6667", "1.0")
    assert (total["SAL, inferred"], total["SQL, inferred"]) == ("1", "1")
    assert total["Sales said no"] == "Price, deal lost 2; No fit 2"


@pytest.mark.parametrize(
    "name", ["=cmd()", "+1", "-1", "@a", "\tx", " =1", "\N{FULLWIDTH PLUS SIGN}1"]
)
def test_export_gives_a_spreadsheet_no_formula(name, admin, rep, signed_in):
    rep.name = name
    rep.save()
    a_deal(a_lead(), owner=rep)
    Person.objects.update(landing_page=name)
    client = signed_in(admin)

    by_rep = exported(client.get(f"{PIPELINE}export/?by=rep"))
    by_page = exported(client.get(f"{LOOP}export/?by=landing_page"))

    assert by_rep[1][0] == f"'{name}"
    assert by_page[1][0] == f"'{name}"


def test_export_keeps_a_semicolon_within_its_cell(admin, signed_in):
    a_lead()
    Person.objects.update(landing_page="x;=cmd()")

    answer = signed_in(admin).get(f"{LOOP}export/?by=landing_page").content.decode()

    assert '\r\n"x;=cmd()","1",' in answer
