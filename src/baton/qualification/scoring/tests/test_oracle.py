"""The rules, the fold and the replay against a naive evaluator, on pasts that hypothesis makes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from baton.qualification.scoring.models import TrialPerson
from baton.qualification.scoring.queries import score_of
from baton.qualification.scoring.rules import micros, moment_of
from baton.qualification.scoring.rules.models import counted_people, within_cap
from baton.qualification.scoring.rules.replaying import Giving, Span, fit_of, follow
from baton.qualification.scoring.tests.factories import (
    a_fit_rule,
    a_form_sent,
    a_trial,
    an_engagement_rule,
)
from baton.qualification.scoring.tests.oracle import (
    Deed,
    Rule,
    account_points,
    is_on_the_edge,
    points_at,
    replayed,
    rounded,
)
from baton.records.people.tests.factories import a_person

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
HOURS = 150 * 24
POINTS = st.integers(-40, 60).filter(bool)
CAPS = st.none() | st.integers(1, 80)
RULES = st.lists(
    st.builds(Rule, points=POINTS, cap=CAPS)
    | st.builds(Rule, points=POINTS, cap=CAPS, half_life=st.integers(1, 60))
    | st.builds(Rule, points=POINTS, cap=CAPS, expires=st.integers(1, 90)),
    min_size=1,
    max_size=4,
)


@st.composite
def pasts(draw):
    """Rules, and what somebody did, at different seconds: which of two at once came first nobody
    can say."""
    rules = draw(RULES)
    seconds = draw(st.lists(st.integers(1, HOURS * 3600), max_size=12, unique=True))
    places = st.integers(0, len(rules) - 1)
    return rules, [Deed(BEGIN + timedelta(seconds=at), draw(places)) for at in sorted(seconds)]


def decided(rules, deeds, moments):
    """No figure that is compared lies on the edge of rounding."""
    for at in moments:
        assume(not is_on_the_edge(points_at(rules, deeds, at)))


@given(pasts(), st.integers(-20, 60), st.integers(1, 90), st.integers(0, HOURS))
@settings(max_examples=300, deadline=None)
def test_replay_says_what_a_naive_evaluator_says(past, fit, threshold, hours):
    rules, deeds = past
    since, until = BEGIN + timedelta(hours=hours), BEGIN + timedelta(days=200)
    decided(rules, deeds, [since, until, *(deed.at for deed in deeds)])

    found = follow(
        [(micros(deed.at), (deed.rule,)) for deed in deeds],
        givings=[
            Giving(
                points=rule.points,
                half_life_days=rule.half_life,
                expires_days=rule.expires,
                cap=rule.cap,
            )
            for rule in rules
        ],
        fit=fit,
        span=Span(since=micros(since), until=micros(until)),
        threshold=threshold,
    )

    wanted = replayed(rules, deeds, fit=fit, since=since, threshold=threshold)
    passed = None if found.passed_at is None else moment_of(found.passed_at)
    assert (found.start, found.peak, passed) == (wanted.start, wanted.peak, wanted.passed_at)
    assert found.score == fit + rounded(points_at(rules, deeds, until))


@given(st.lists(st.integers(-30, 90)), st.sampled_from(["", "best", "top", "sum"]), CAPS)
def test_people_give_their_company_what_a_naive_sum_gives(scores, how, cap):
    found = within_cap(sum(counted_people(scores, how=how, top=3)), cap=cap)

    assert found == account_points(scores, how=how, top=3, cap=cap)


@given(st.lists(st.tuples(POINTS, CAPS)))
def test_fit_is_the_sum_of_rules_within_their_caps(rules):
    naive = [Rule(points=points, cap=cap) for points, cap in rules]
    deeds = [Deed(BEGIN, place) for place in range(len(naive))]

    assert fit_of(rules) == rounded(points_at(naive, deeds, BEGIN))


@pytest.mark.django_db
@pytest.mark.usefixtures("company")
@given(st.lists(pasts(), min_size=1, max_size=3), st.integers(1, 90))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_fold_and_trial_say_what_a_naive_evaluator_says(run_background, many, threshold):
    """Through the log, the subscriber and the trial: several people by the rules of the first."""
    rules = many[0][0]
    lives = [[Deed(deed.at, deed.rule % len(rules)) for deed in deeds] for _rules, deeds in many]
    until, since = BEGIN + timedelta(days=155), BEGIN + timedelta(days=65)
    for deeds in lives:
        decided(rules, deeds, [since, until, *(deed.at for deed in deeds)])
    with transaction.atomic(), time_machine.travel(until, tick=False):
        people = told(rules, lives)
        run_background()
        trial = a_trial(threshold=threshold, at=until)

        for person, deeds in zip(people, lives, strict=True):
            wanted = replayed(rules, deeds, fit=20, since=since, threshold=threshold)
            now = rounded(points_at(rules, deeds, until))
            figures = score_of(person, until)
            assert (figures.fit, figures.engagement) == (20, now)
            row = TrialPerson.objects.get(trial=trial, person=person)
            for side in ("used", "draft"):
                said = [getattr(row, f"{side}_{name}") for name in ("score", "start", "peak", "at")]
                assert said == [20 + now, wanted.start, wanted.peak, wanted.passed_at]
        transaction.set_rollback(True)


def told(rules, lives):
    """The rules, and people who did all that: their facts stand in the log."""
    for place, rule in enumerate(rules):
        an_engagement_rule(
            name=f"Rule {place}",
            points=rule.points,
            cap=rule.cap,
            half_life_days=rule.half_life,
            expires_days=rule.expires,
            match={"form_code": f"f{place}"},
            position=place,
        )
    a_fit_rule(points=20)
    people = [a_person(job_title="Head of plants") for _life in lives]
    for person, deeds in zip(people, lives, strict=True):
        for deed in deeds:
            a_form_sent(person, happened_at=deed.at, form_code=f"f{deed.rule}")
    return people
