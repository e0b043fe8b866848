"""A campaign's leads turn bad, a rep becomes slow: the screens of that week say so."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.demo.actions import year as telling
from baton.core.demo.slots import chapters
from baton.insight.reviews.management.commands import simulate as command
from baton.insight.reviews.simulating import Seen
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = 1200


@pytest.fixture(autouse=True)
def no_cast(monkeypatch, tmp_path, settings):
    """Without those whose story the tests of the small one tell."""
    settings.HOME = tmp_path
    monkeypatch.setattr(telling, "chapters", [one for one in chapters if one.order < 29])


def text(html):
    """As it is read: without tags."""
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def row(page, name):
    """The text of the row of a table or list that begins so."""
    rows = re.split(r"(?=<tr|<li)", page)
    return next(words for words in map(text, rows) if words.strip().startswith(name))


def behind(page, words):
    """Where these words lead."""
    links = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]+)</a>', page)
    return next(unescape(url) for url, told in links if unescape(told).strip() == words)


@pytest.fixture
def screens(signed_in):
    """``screens(role)`` reads a screen as they do."""

    def of(role):
        client = signed_in(User.objects.get(role=role))
        return lambda path: client.get(path).content.decode()

    return of


def planted(seed):
    """What the command says of it."""
    out = StringIO()
    with time_machine.travel(AT, tick=False):
        call_command("simulate", seed=seed, people=PEOPLE, format="json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["seed"] == seed
    assert all(one.pop("is_at_once") for one in told["planted"])
    moments = [
        {name: date.fromisoformat(one[name]) for name in ("since", "week")}
        for one in told["planted"]
    ]
    return [Seen(**one | at) for one, at in zip(told["planted"], moments, strict=True)]


def test_what_goes_wrong_stands_on_the_screens_of_its_week_as_the_command_says(screens):
    campaign, rep = planted(seed=2)
    friday = datetime.combine(campaign.since + timedelta(days=4), time(16), tzinfo=UTC)

    assert (campaign.what, rep.what) == ("campaign", "rep")
    assert (campaign.week, rep.week) == (campaign.since, rep.since)
    with pytest.raises(CommandError, match="is here already"):  # no second year
        call_command("simulate", people=PEOPLE)
    with time_machine.travel(friday, tick=False):
        ines, nora = screens(Role.HEAD_OF_MARKETING), screens(Role.SALES_MANAGER)
        review, theirs = ines("/insight/reviews/"), nora("/insight/reviews/")
        by_week = ines(f"/leads/quality/?by=week&months=3&campaign={campaign.name}")
        by_rep = ines("/leads/agreement/kept/?by=rep")

        name, worse = campaign.words.split(": ")
        assert worse in row(review, name)
        rejected = text(ines(behind(review, worse)))
        assert f"Leads that sales rejected {worse.split()[0]} " in rejected
        assert rejected_in(by_week, friday) > 2 * rejected_in(by_week, friday - timedelta(days=7))

        late = text(nora(behind(theirs, rep.words)))
        count = rep.words.removeprefix(f"{rep.name}: ").split()[0]
        assert f"by who was asked {count} " in late
        assert min(("Teo Nilsson", "Ravi Patel", "Sam Okoye"), key=kept_in(by_rep)) == rep.name


def rejected_in(page, moment):
    """Percent of those answered, in that week."""
    monday = moment - timedelta(days=4)
    return percent_in(row(page, f"Week of {monday.day} {monday:%b %Y}"))


def kept_in(page):
    """Percent of the leads that one accepted or rejected in time, by name."""
    return lambda name: percent_in(row(page, name))


def percent_in(words):
    """The first that is told."""
    return int(next(iter(re.findall(r"(\d+)\s%", words)), 0))


def test_nothing_is_invented_among_the_people_of_who_works_here(company):
    a_person()

    with pytest.raises(CommandError, match="There are people here already") as refused:
        call_command("simulate", people=PEOPLE)
    assert (refused.value.returncode, Person.objects.count()) == (2, 1)


def test_command_that_is_stopped_says_how_to_take_away_what_is_there(monkeypatch):
    def stop(**told):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "simulate", stop)

    with pytest.raises(CommandError, match="baton demo --remove") as stopped:
        call_command("simulate", people=PEOPLE)
    assert stopped.value.returncode == 130
