from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from baton.core.facts import Origin, care, publish
from baton.core.facts.models import Cursor, FactRecord, ParkedFact
from baton.core.facts.numbering import number_facts
from tests.core.stories import AT, NOTE_STEPS, seen, step_through
from tests.lab import subscribers
from tests.lab.events import Echoed

pytestmark = pytest.mark.django_db
ECHO = "tests.lab.subscribers.echo"


def wiring(*words):
    out = StringIO()
    call_command("wiring", *words, stdout=out)
    return out.getvalue()


def test_replay_hands_over_again_from_a_point(run_background):
    step_through(3)
    run_background()
    FactRecord.objects.filter(position__lte=2).update(recorded_at=AT)

    care.replay(NOTE_STEPS, since=AT + timedelta(days=1))
    run_background()
    assert seen() == [0, 1, 2, 2]

    care.replay(NOTE_STEPS)
    run_background()
    assert seen() == [0, 1, 2, 2, 0, 1, 2]


def test_what_a_replay_brings_about_is_no_news(run_background):
    with transaction.atomic():
        publish(Echoed(happened_at=AT, subject=1))
    run_background()
    old = FactRecord.objects.count()

    care.replay(ECHO)
    run_background()

    again = FactRecord.objects.order_by("id")[old:]
    assert {record.origin for record in again} == {Origin.REPLAY}


def test_facts_after_a_replay_are_news_again(run_background):
    step_through(1)
    run_background()
    care.replay(ECHO)
    with transaction.atomic():
        publish(Echoed(happened_at=AT, subject=1))

    run_background()

    echoes = FactRecord.objects.filter(name=Echoed.name)
    assert set(echoes.values_list("origin", flat=True)) == {Origin.LIVE}


def test_replay_of_a_subscriber_that_lags_skips_nothing(run_background):
    step_through(2)
    run_background()
    FactRecord.objects.update(recorded_at=AT)
    step_through(3)
    number_facts()

    care.replay(NOTE_STEPS, since=AT + timedelta(days=999))

    assert Cursor.objects.get(name=NOTE_STEPS).position == 2


def test_lag_is_visible(run_background):
    step_through(3)
    run_background()
    step_through(2)
    number_facts()

    [lag] = [lag for lag in care.lags() if lag.subscriber == NOTE_STEPS]

    assert (lag.facts, lag.parked, lag.listens_to) == (2, 0, ["lab.stepped"])


def test_wiring_prints_who_listens_to_what(run_background):
    Cursor.objects.filter(name=ECHO).delete()
    Cursor.objects.create(name="tests.lab.subscribers.gone")
    step_through(2)
    number_facts()

    text = wiring()

    assert "tests.lab.subscribers.act\n    hears lab.stepped (live)\n    waiting 2 since" in text
    assert "tests.lab.subscribers.hear\n    hears every fact\n" in text
    assert f"{ECHO}\n    new: takes its seat when a worker starts" in text
    assert "tests.lab.subscribers.gone\n    gone: nobody goes by this name" in text


@pytest.fixture
def parked(run_background):
    """Steps 1 and 3 of 5 are parked by one subscriber."""
    subscribers.poison |= {1, 3}
    Cursor.objects.filter(name=NOTE_STEPS).update(attempts=4, batch=1)
    step_through(5)
    for _ in range(2):
        run_background()
        Cursor.objects.filter(name=NOTE_STEPS).update(attempts=4, batch=1, retry_at=None)
    run_background()
    yield ParkedFact.objects.all()
    subscribers.poison.clear()


def test_wiring_says_why_facts_are_parked(parked):
    text = wiring()

    assert "parked 2\n    parked with builtins.ValueError in File" in text
    assert "in note_steps (2)\n" in text


def test_parked_facts_are_retried_and_what_fails_again_stays(parked):
    subscribers.poison.discard(1)

    assert wiring("--retry", NOTE_STEPS) == "1 parked facts are done, 1 stay parked.\n"
    assert (parked.count(), sorted(seen())) == (1, [0, 1, 2, 4])
    subscribers.poison.clear()
    assert wiring("--retry") == "1 parked facts are done, 0 stay parked.\n"
    assert (parked.count(), sorted(seen())) == (0, [0, 1, 2, 3, 4])


def test_parked_facts_of_who_is_gone_are_forgotten(parked):
    parked.update(subscriber="tests.lab.subscribers.gone")

    wiring("--retry", "tests.lab.subscribers.gone")

    assert (parked.count(), sorted(seen())) == (0, [0, 2, 4])


def test_wiring_replays_from_a_day_on(run_background):
    step_through(3)
    run_background()
    FactRecord.objects.filter(position__lte=2).update(recorded_at=AT)

    said = wiring("--replay", NOTE_STEPS, "--from", "2026-03-02")
    run_background()

    assert said == "1 facts will be handed over again; a worker does it.\n"
    assert seen() == [0, 1, 2, 2]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["--replay", "nobody"], "Nobody with a seat goes by the name nobody"),
        (["--retry", "nobody"], "Nobody goes by the name nobody"),
        (["--replay", ECHO, "--from", "yesterday"], "“yesterday” is no day"),
        (["--from", "2026-03-02"], "--from belongs to --replay"),
    ],
)
def test_wiring_refuses_what_it_cannot_find(words, refusal):
    with pytest.raises((care.NoSuchSubscriber, CommandError), match=refusal):
        wiring(*words)
