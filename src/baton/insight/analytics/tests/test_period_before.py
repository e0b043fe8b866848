from datetime import timedelta
from typing import Any

import pytest

from baton.insight.analytics.tests.factories import a_lead, a_story
from baton.insight.analytics.views.columns import BETWEEN, CLOSED_LOOP
from baton.marketing.campaigns.models import Cost
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LOOP = "/insight/closed-loop/"


def test_every_figure_of_the_period_before_leads_to_as_many_people(rep, outsider, signed_in):
    a_story(rep=rep, outsider=outsider)
    a_lead(owner=rep, at=AT + timedelta(days=31), steps={"mql": 1})
    client = signed_in(rep)

    page = client.get(f"{LOOP}?from=2026-04-01&to=2026-04-30&compare=1")

    lines = {name: page.context[name].before for name in ("table", "between")}
    told = [
        (column, cell)
        for name, columns in (("table", CLOSED_LOOP), ("between", BETWEEN))
        for column, cell in zip(columns, lines[name].cells, strict=True)
        if column.value(lines[name].row) and not column.is_moot(lines[name].row)
    ]
    assert len(told) > 18
    assert [column.name for column, cell in told if not cell.url] == []
    for column, cell in told:
        if column.kind == "count":
            people = client.get(cell.url)
            assert (column.name, str(people.context["list"].total)) == (column.name, cell.words)
            assert people.context["about"][0] == "March 2026"


def test_cost_of_the_period_before_leads_to_the_costs_of_its_days(admin, signed_in):
    a_lead(at=AT + timedelta(days=31))
    days: dict[str, Any] = {"from_on": AT.date(), "to_on": AT.date()}
    Cost.objects.create(kind="ads", amount=100, currency="EUR", base_amount=100, **days)

    april = signed_in(admin).get(f"{LOOP}?from=2026-04-01&to=2026-04-30&compare=1")

    place = [column.name for column in CLOSED_LOOP].index("cost")
    assert april.context["table"].before.cells[place].url == (
        "/campaigns/costs/?from=2026-03-01&to=2026-03-31"
    )
