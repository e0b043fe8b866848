"""A campaign's leads turn bad, a rep becomes slow: the review of that week says so."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from baton.core.demo.actions import year as telling
from baton.core.demo.slots import chapters
from baton.insight.reviews.management.commands import simulate as command
from baton.insight.reviews.simulating import simulate
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


def test_what_goes_wrong_stands_in_the_review_of_its_week():
    campaign, rep = simulate(at=AT, people=PEOPLE, seed=2)

    assert (campaign.week, rep.week) == (campaign.since, rep.since)
    assert "luck does so in" in campaign.words
    assert rep.words.startswith(rep.name)


def test_command_says_where_it_stood_and_refuses_a_second_year(monkeypatch):
    out = StringIO()
    monkeypatch.setattr(timezone, "now", lambda: AT)

    call_command("simulate", seed=1, people=PEOPLE, format="json", stdout=out)
    told = json.loads(out.getvalue())

    assert told["seed"] == 1
    assert [one["what"] for one in told["planted"]] == ["campaign", "rep"]
    assert all(one["is_at_once"] for one in told["planted"])
    with pytest.raises(CommandError, match="is here already"):
        call_command("simulate", people=PEOPLE)


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
