"""The promises by rep, team, campaign and persona."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.models import Team
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.attainment import Promise
from baton.qualification.handoff.queries.keeping import By, behind_group, kept_by
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_handoff,
    a_rep,
    an_agreement,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE = timedelta(minutes=1)
LATER = AT + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _late_morning():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def silence(teo, ravi):
    """Teo stays silent, Ravi takes it in time; Teo takes another in time."""
    an_agreement({"hand_raise_accept_minutes": 15, "grace_minutes": 5})
    a_default_pool(teo)
    passed, taken = a_handoff(), a_handoff()
    actions.accept_handoff(handoff=taken, by=teo, at=AT + 5 * MINUTE)
    a_default_pool(ravi)
    actions.escalate_overdue(at=AT + 25 * MINUTE)
    actions.accept_handoff(handoff=passed, by=ravi, at=AT + 30 * MINUTE)
    return passed, taken


def figures(by, user):
    found = kept_by(by, user=user, day=AT.date(), at=LATER)
    accept = {one.name: one.promises[0] for one in found}
    return {name: (kept.kept, kept.all) for name, kept in accept.items()}


def test_silence_counts_against_who_was_asked(silence, admin):
    assert figures(By.REP, admin) == {"Teo": (1, 2), "Ravi": (1, 1)}
    assert figures(By.CAMPAIGN, admin) == {"": (1, 2)}


def test_each_figure_opens_the_handoffs_that_it_counts(silence, admin, subtests):
    for by in By:
        for one in kept_by(by, user=admin, day=AT.date(), at=LATER):
            for kept in one.promises:
                for is_broken, count in ((False, kept.all), (True, kept.broken)):
                    with subtests.test(by=by, group=one.name, promise=kept.promise):
                        rows = behind_group(
                            kept.promise,
                            by=by,
                            group=one.group,
                            user=admin,
                            day=AT.date(),
                            is_broken=is_broken,
                            at=LATER,
                        )
                        assert rows.count() == count


def test_team_that_was_late_once_has_not_kept_it_whoever_took_the_lead(silence, admin):
    assert figures(By.TEAM, admin) == {"": (1, 2)}


def test_teams_and_campaigns_are_groups(silence, teo, admin):
    teo.team = Team.objects.create(name="North")
    teo.save()
    Handoff.objects.filter(pk=silence[0].pk).update(campaign="fair")

    assert figures(By.TEAM, admin) == {"North": (1, 2), "": (1, 1)}
    assert figures(By.CAMPAIGN, admin) == {"": (1, 1), "fair": (0, 1)}


def test_page_of_each_group_and_what_lies_behind(silence, signed_in, admin, teo):
    browser, page = signed_in(admin), reverse("handoff:kept")

    shown = browser.get(page, {"month": "2026-03"}).content.decode()
    behind = reverse("handoff:behind", args=[Promise.ACCEPT.value])
    broken = browser.get(
        behind, {"by": "rep", "group": str(teo.key), "month": "2026-03", "broken": 1}
    )

    assert "March 2026" in shown
    assert "Teo" in shown
    assert "1 not kept" in shown
    assert [one.handoff.pk for one in broken.context["behind"]] == [silence[0].pk]
    assert browser.get(page, {"by": "campaign", "month": "2026-02"}).status_code == 200
    assert browser.get(behind, {"by": "rep", "group": "x"}).status_code == 404


def questions(admin):
    with CaptureQueriesContext(connection) as asked:
        groups = kept_by(By.REP, user=admin, day=AT.date(), at=LATER)
    return len(asked), len(groups)


def test_number_of_questions_does_not_grow(silence, admin):
    few = questions(admin)
    for _ in range(3):
        a_handoff(rep=a_rep())

    assert (few, questions(admin)) == ((3, 2), (3, 5))
