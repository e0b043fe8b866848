"""Last year against a plain evaluation in Python, over random leads and activities."""

import random
from collections import Counter
from datetime import UTC, timedelta
from math import ceil
from statistics import median
from typing import get_args

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.settings.queries import organisation_zone
from baton.insight.analytics.api import last_year as api
from baton.insight.analytics.queries import (
    LAST_YEAR_FIGURES,
    LAST_YEAR_GROUPS,
    LastYearQuestion,
    last_year,
    people_of_last_year,
)
from baton.insight.analytics.queries.worked import AXES
from baton.insight.analytics.rules.last_year import BEFORE, NEVER, OF_HOURS, SLOTS, Gap
from baton.insight.analytics.tests.factories import a_deal, a_lead
from baton.marketing.campaigns.models import Cost
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT
from baton.records.timeline.models import Activity
from baton.records.timeline.rules import touch_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "numbered_lake")]
URL, API = "/insight/last-year/", "/api/v1/analytics/last-year/"
DAY = timedelta(days=1)
SHAPES = [
    ("call", "unanswered", "ours"),
    ("call", "conversation", "theirs"),
    ("call", "voicemail", "theirs"),
    ("mail", "received", "theirs"),
    ("mail", "sent", "ours"),
    ("meeting", "no_show", "ours"),
]
WAITS = [-3, 0, 0.01, 0.2, 0.9, 1, 2.5, 4, 10, 40]


def an_activity(person, *, at, shape=SHAPES[0], **over):
    kind, outcome, direction = shape
    return Activity.objects.create(
        person=person, kind=kind, outcome=outcome, direction=direction, at=at, **over
    )


def midnight_of(moment):
    """The day alone, as a file without hours has it."""
    here = moment.astimezone(organisation_zone())
    return here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def a_year_of_leads(seed, *owners, dates, size=16):
    """Leads as chance had them; ``dates`` says how often a moment is a mere date."""
    chance = random.Random(seed)

    def as_written(moment):
        return midnight_of(moment) if chance.random() < dates else moment

    for _ in range(size):
        at = as_written(AT + timedelta(minutes=chance.randrange(0, 300 * 1440)))
        is_won = chance.random() < 0.3
        lead = a_lead(
            at=at,
            steps={"mql": 1, "customer": 30} if is_won else {},
            owner=chance.choice(owners),
            channel=chance.choice(["email", "search", ""]),
        )
        deal = None
        if is_won or chance.random() < 0.3:
            state = "won" if is_won else chance.choice(["open", "lost"])
            amount = chance.choice([None, 900, 4000])
            deal = a_deal(lead, state=state, amount=amount, owner=lead.owner)
        for _again in range(chance.randrange(0, 4)):
            of_deal = deal.pk if deal and chance.random() < 0.3 else None
            at_wait = as_written(at + timedelta(days=chance.choice(WAITS), minutes=1))
            an_activity(
                None if of_deal else lead,
                at=at_wait,
                shape=chance.choice(SHAPES),
                deal_id=of_deal,
            )


def is_date(moment):
    here = moment.astimezone(organisation_zone())
    return any((one.hour, one.minute, one.second) == (0, 0, 0) for one in (moment, here))


def day_of(moment):
    return moment.astimezone(organisation_zone()).date()


def first_of(person):
    """When somebody turned to them first: None never, BEFORE only earlier."""
    deals = person.deals.values_list("pk", flat=True)
    ours = [
        one.at
        for one in Activity.objects.all()
        if one.person_id == person.pk or (one.person_id is None and one.deal_id in deals)
        if touch_of(one.kind, outcome=one.outcome, direction=one.direction) != "theirs"
    ]
    since = [
        at
        for at in ours
        if at >= person.lead_at or (is_date(at) and day_of(at) == day_of(person.lead_at))
    ]
    return min(since, default=BEFORE if ours else None)


def plainly(people):
    """Slots with their counts, the waits that are measured, and whether they are told by hours."""
    firsts = {person: first_of(person) for person in people}
    timed = {person: at for person, at in firsts.items() if at not in (None, BEFORE)}
    exact = [p for p, at in timed.items() if not is_date(p.lead_at) and not is_date(at)]
    is_hourly = bool(timed) and len(exact) * 10 >= len(timed) * 9
    slots, days = Counter[str](), []
    for person, at in firsts.items():
        if person not in timed:
            slots[at or NEVER] += 1
            continue
        is_exact = is_hourly and person in exact
        wait = (
            (at - person.lead_at) / DAY if is_exact else (day_of(at) - day_of(person.lead_at)).days
        )
        slots[slot_of(wait, is_exact=is_exact)] += 1
        if is_exact or not is_hourly:
            days.append(wait)
    return slots, sorted(days), is_hourly


def slot_of(days, *, is_exact):
    """Dates without a time of day tell a day at most, and never an hour."""
    fits = (one for one, end in SLOTS.items() if end is None or days < end)
    return next(one for one in fits if is_exact or one not in OF_HOURS)


@pytest.mark.parametrize(("seed", "dates"), [(1, 0), (2, 0.04), (3, 0.5), (4, 1)])
def test_random_leads_are_counted_as_a_plain_reader_would(seed, dates, rep, outsider):
    a_year_of_leads(seed, rep, outsider, dates=dates)

    report = last_year(LastYearQuestion(user=rep))

    slots, days, is_hourly = plainly(Person.objects.filter(owner=rep))
    assert ({row.group: row.leads for row in report.slots}, report.is_hourly) == (slots, is_hourly)
    assert report.total.timed == len(days)
    assert report.total.median_days == pytest.approx(median(days))
    assert report.total.slow_days == pytest.approx(days[ceil(len(days) * 0.9) - 1])
    for by in LAST_YEAR_GROUPS:
        # A group is a value of the same statement: the seeds take turns at the three figures.
        for turn, row in enumerate(report.rows(by), start=seed):
            figure = ("leads", "untouched", "won")[turn % 3]
            found = people_of_last_year(report.question, figure=figure, by=by, group=row.group)
            assert len(found) == getattr(row, figure), (by, row.group, figure)


def test_parts_add_up_to_the_whole(rep, outsider):
    a_year_of_leads(5, rep, outsider, dates=0)

    report = last_year(LastYearQuestion())

    total = report.total
    for rows in (report.sources, report.reps, report.slots):
        sums = [sum(getattr(row, name) for row in rows) for name in ("leads", "won", "untouched")]
        assert sums == [total.leads, total.won, total.untouched]
        assert sum(row.revenue or 0 for row in rows) == (total.revenue or 0)


def test_costs_of_the_untouched_are_known_source_by_source(admin, rep):
    called = a_lead(channel="search", owner=rep)
    for channel in ("search", "search", "email"):
        a_lead(channel=channel, owner=rep)
    an_activity(called, at=AT + DAY)
    on = AT.date()
    Cost.objects.create(
        kind="ads",
        channel="search",
        amount=90,
        base_amount=90,
        currency="EUR",
        from_on=on,
        to_on=on,
    )

    report, of_a_rep = (
        last_year(LastYearQuestion(user=admin)),
        last_year(LastYearQuestion(user=rep)),
    )

    assert {row.group: (row.cost_of_lead, row.cost) for row in report.sources} == {
        "search": (30, 60),
        "email": (None, None),
    }
    assert (report.total.cost, report.total.is_costed, report.total.untouched) == (60, 2, 3)
    assert (of_a_rep.total.cost, Gap.NO_COSTS in of_a_rep.gaps) == (None, False)


def test_what_others_did_is_known_and_what_lies_in_the_trash_is_none(rep, outsider):
    theirs, dropped = a_lead(owner=rep), a_lead(owner=rep)
    deal = a_deal(theirs, owner=outsider)
    an_activity(None, at=AT + DAY, deal_id=deal.pk, by=outsider)
    an_activity(dropped, at=AT + DAY, deleted_at=AT + 2 * DAY)

    untouched = people_of_last_year(LastYearQuestion(user=rep), figure="untouched")

    assert untouched == [dropped.pk]


def test_the_page_leads_to_the_leads_behind_each_figure(rep, outsider, signed_in):
    a_year_of_leads(6, rep, outsider, dates=0)
    client = signed_in(rep)

    page = client.get(URL)

    for grid in ("by_speed", "by_rep", "by_source"):
        for line in page.context[grid].lines:
            found = client.get(line.cells[0].url)
            assert found.context["list"].total == int(line.cells[0].words)
    bars = page.context["histogram"].bars
    assert [client.get(bar.href).context["list"].total for bar in bars] == [b.value for b in bars]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("?import=moon", "There is no such import"),
        ("?from=soon", "is no date"),
        ("people/?figure=moon", "This report has no column"),
        ("people/?by=moon", "cannot be grouped by"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(asked, words, rep, signed_in):
    answer = signed_in(rep).get(f"{URL}{asked}")

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_rep_of_another_team_is_not_named(rep, outsider, signed_in):
    a_lead(owner=outsider)

    answer = signed_in(rep).get(f"{URL}people/?by=rep&group={outsider.key}")

    assert answer.status_code == 404


def test_file_and_api_tell_the_same(admin, rep, signed_in, api_client):
    a_year_of_leads(7, rep, dates=0)
    client = api_client(admin)

    data = client.get(f"{API}?by=speed").json()
    [never] = [row for row in data["rows"] if row["key"] == NEVER]
    people = client.get(f"{API}people/?by=speed&group=never&limit=100").json()
    lines = signed_in(admin).get(f"{URL}export/").content.decode().splitlines()

    assert (data["totals"]["leads"], data["unit"]) == (16, "hours")
    assert len(people["items"]) == never["leads"] > 0
    assert lines[-1].startswith('"total","","16",')
    assert client.get(f"{API}?import=moon").status_code == 422


def test_words_of_the_api_are_those_of_the_report():
    assert set(get_args(api.LastYearBy)) == set(LAST_YEAR_GROUPS)
    assert set(get_args(api.LastYearAxis)) == set(AXES)
    assert set(get_args(api.LastYearFigure)) == set(LAST_YEAR_FIGURES)


def test_more_leads_take_no_more_queries(rep, signed_in):
    client, counts = signed_in(rep), []
    for seed in (8, 9):
        a_year_of_leads(seed, rep, dates=0, size=4 * seed)
        client.get(URL)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_imports_are_looked_for_once(admin, signed_in):
    client = signed_in(admin)
    with CaptureQueriesContext(connection) as asked:
        client.get(URL)

    assert sum('MIN("core_factrecord"' in one["sql"] for one in asked.captured_queries) == 1
