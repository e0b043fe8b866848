from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from baton.core.facts import Origin, care, publish
from baton.core.facts.models import Cursor, FactRecord
from baton.core.facts.numbering import number_facts
from tests.core.stories import AT, NOTE_STEPS, seen, step_through
from tests.lab.events import Echoed

pytestmark = pytest.mark.django_db
ECHO = "tests.lab.subscribers.echo"


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
    out = StringIO()

    call_command("wiring", stdout=out)

    text = out.getvalue()
    assert "tests.lab.subscribers.act\n    hears lab.stepped (live)\n    waiting 2 since" in text
    assert "tests.lab.subscribers.hear\n    hears every fact\n" in text
    assert f"{ECHO}\n    new: takes its seat when a worker starts" in text
    assert "tests.lab.subscribers.gone\n    gone: nobody goes by this name" in text
