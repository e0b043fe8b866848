"""How many are in a stage, came, went on, and took how long: by stays that are told by hand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.insight.journey.actions import draw_map
from baton.insight.journey.queries import COUNTED, Asked, journey_of, people_behind, spots
from baton.insight.journey.rules import Code
from baton.insight.journey.tests.factories import AT, a_content, on_the_way
from baton.records.audience.tests.factories import a_persona
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
NOW = AT + timedelta(days=100)


def asked(user, **over):
    usual = {"user": user, "since": AT - timedelta(days=1), "until": NOW, "now": NOW}
    return Asked(**usual | over)


def figures(user, **over):
    found = journey_of(asked(user, **over), user=user)
    return {step.spot.code: step.figures for step in found.steps}


def behind(figure, code, user, **over):
    rows = people_behind(figure, Code(code), asked(user, **over), spots())
    return set(rows.values_list("full_name", flat=True))


def test_each_figure_by_hand(admin):
    on_the_way(("lead", 0), ("mql", 4), ("sal", 5), ("sql", 10), full_name="Ada")
    on_the_way(("lead", 0), ("mql", 8), ("back lead", 9), full_name="Ben")
    on_the_way(("lead", 90), full_name="Cem")
    on_the_way(("lead", 0), ("back other", 12), full_name="Dora")

    found = figures(admin)

    lead = found[Code.SOLUTION]
    assert (lead.here, lead.entered, lead.gone) == (2, 4, 3)
    assert (lead.went_on, lead.still) == (2, 2)
    assert lead.timed == 3
    assert lead.median_days == pytest.approx(8)  # 4, 8, 12
    assert lead.slow_days == pytest.approx(12)
    assert lead.long == 1  # Ben, back since 91 days; Cem is here for ten
    compared = found[Code.COMPARING]
    # MQL to SAL is no move on this map: Ada stayed for six days.
    assert (compared.here, compared.entered, compared.gone, compared.timed) == (0, 2, 2, 2)
    assert compared.median_days == pytest.approx(3.5)
    assert compared.conversion == 0.5
    assert (found[Code.DECISION].here, found[Code.DECISION].gone) == (1, 0)
    assert found[Code.PROBLEM].entered == 0


def test_every_number_opens_the_very_people(admin):
    on_the_way(("lead", 0), ("mql", 4), ("sql", 10), full_name="Ada")
    on_the_way(("lead", 0), ("mql", 8), ("back lead", 9), full_name="Ben")
    on_the_way(("lead", 90), full_name="Cem")
    on_the_way(("subscriber", 0), ("lead", 3), ("mql", 30), ("back lead", 31), full_name="Dora")

    found = figures(admin)

    for code in Code:
        for figure in COUNTED.keys() - {"timed"}:
            assert len(behind(figure, code, admin)) == getattr(found[code], figure), (code, figure)
    assert behind("here", "solution", admin) == {"Ben", "Cem", "Dora"}
    assert behind("went_on", "solution", admin) == {"Ada", "Ben", "Dora"}
    assert behind("timed", "problem", admin) == {"Dora"}


def test_period_counts_what_happened_in_it(admin):
    on_the_way(("lead", 0), ("mql", 40))
    late = {"since": AT + timedelta(days=30)}

    found = figures(admin, **late)

    assert (found[Code.SOLUTION].entered, found[Code.SOLUTION].gone) == (0, 1)
    assert (found[Code.COMPARING].entered, found[Code.COMPARING].here) == (1, 1)
    soon = figures(admin, until=AT + timedelta(days=30))
    assert soon[Code.SOLUTION].median_days is None


def test_one_sees_the_figures_of_people_one_sees(rep, outsider, admin):
    on_the_way(("lead", 0), owner=rep)
    gone = on_the_way(("lead", 0))
    Person.objects.filter(pk=gone.pk).update(deleted_at=NOW)

    assert figures(admin)[Code.SOLUTION].here == 1
    assert figures(rep)[Code.SOLUTION].here == 1
    assert figures(outsider)[Code.SOLUTION].here == 0


def test_persona_narrows_people_content_and_gaps(admin):
    head, buyer = a_persona(name="Head"), a_persona(name="Buyer")
    mine = on_the_way(("lead", 0))
    on_the_way(("lead", 0))
    Person.objects.filter(pk=mine.pk).update(persona="Head")
    a_content(code="solution", persona=head)
    a_content(code="solution", persona=buyer)
    a_content(code="comparing", persona=buyer)

    found = journey_of(asked(admin, persona=head), user=admin)

    by_code = {step.spot.code: step for step in found.steps}
    assert by_code[Code.SOLUTION].figures.here == 1
    assert [one.persona for one in by_code[Code.SOLUTION].contents] == [head]
    assert by_code[Code.SOLUTION].gaps == []
    assert by_code[Code.COMPARING].gaps == [head]
    assert by_code[Code.DECISION].gaps == [None]


def test_map_of_the_company_counts_otherwise(admin):
    on_the_way(("lead", 0), ("mql", 4))
    drawn = spots()
    moved = [
        type(spot)(
            code=spot.code,
            name=spot.name,
            question=spot.question,
            care=spot.care,
            stages={"solution": ("lead", "mql"), "comparing": ("sal",)}.get(spot.code, spot.stages),
        )
        for spot in drawn
    ]

    draw_map(drawn=moved, by=admin, at=AT)

    found = figures(admin)
    assert (found[Code.SOLUTION].here, found[Code.SOLUTION].gone) == (1, 0)
    assert found[Code.COMPARING].entered == 0


def test_stall_stands_at_its_stage(admin):
    for _number in range(10):
        on_the_way(("subscriber", 0), ("lead", 2), ("mql", 42), ("sql", 45))

    found = journey_of(asked(admin), user=admin)

    assert [step.spot.code for step in found.steps if step.stall] == [Code.SOLUTION]
    (stall,) = [step.stall for step in found.steps if step.stall]
    assert (round(stall.days), round(stall.others, 1)) == (40, 2.5)


def test_questions_do_not_grow_with_people_or_content(admin):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            journey_of(asked(admin), user=admin)
        return len(caught)

    on_the_way(("lead", 0))
    a_content()
    few = count()
    for number in range(6):
        on_the_way(("lead", 0), ("mql", number))
        a_content(persona=a_persona())
    assert count() == few <= 5
