"""Whatever happens in whatever order: each subject's facts are handled in theirs, and once."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.core.facts import care, delivery, publish
from baton.core.facts.models import Cursor, FactRecord, ParkedFact
from baton.core.facts.numbering import seat_subscribers
from baton.core.facts.subscribers import Subscriber, subscribers
from tests.core.stories import AT
from tests.lab.events import Stepped
from tests.lab.models import Effect

ACTS = st.one_of(
    st.tuples(st.just("publish"), st.integers(1, 3)),
    st.tuples(st.just("roll back"), st.integers(1, 3)),
    st.tuples(st.just("deliver"), st.just(0)),
    st.tuples(st.just("fail"), st.integers(1, 2)),
    st.tuples(st.just("replay"), st.just(0)),
)


class World:
    """One subscriber that fails when told to, and what it must have done in the end."""

    def __init__(self):
        self.steps = dict.fromkeys((1, 2, 3), 0)
        self.failures = 0
        self.patience = delivery.MAX_ATTEMPTS - 1  # one more, and a fact could be parked

    def handle(self, facts):
        Effect.objects.bulk_create(
            Effect(by="order", subject=fact.subject, step=fact.step) for fact in facts
        )
        if self.failures:
            self.failures -= 1
            raise ValueError

    def do(self, act, number):
        match act:
            case "publish":
                self.publish(number)
            case "roll back":
                before = dict(self.steps)
                with transaction.atomic():
                    self.publish(number)
                    transaction.set_rollback(True)
                self.steps = before
            case "deliver":
                delivery.deliver_round()
            case "fail" if self.patience >= number:
                self.patience -= number
                self.failures += number
            case "replay":
                Effect.objects.all().delete()
                care.replay("order")

    def publish(self, subject):
        with transaction.atomic():
            self.steps[subject] += 1
            publish(Stepped(happened_at=AT, subject=subject, step=self.steps[subject]))

    def settle(self):
        while delivery.deliver_round():
            pass


@pytest.mark.django_db
@pytest.mark.parametrize("each_alone", [False, True])
@given(acts=st.lists(ACTS, max_size=20))
# Each example clears the tables that it uses, so the fixture need not be made anew.
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_each_subjects_facts_are_handled_in_order_and_once(each_alone, acts):
    world = World()
    only = Subscriber(name="order", wanted=(Stepped,), handle=world.handle, each_alone=each_alone)
    for model in (ParkedFact, FactRecord, Cursor, Effect):
        model.objects.all().delete()

    with (
        patch.dict(subscribers, {"order": only}, clear=True),
        # Due at once: SQLite tells two moments of one millisecond apart by how they are written.
        patch.object(delivery, "timedelta", lambda seconds: timedelta(seconds=-1)),
    ):
        seat_subscribers()
        for act, number in acts:
            world.do(act, number)
        world.settle()

    handled: dict[int, list[int]] = {subject: [] for subject in world.steps}
    for effect in Effect.objects.order_by("id"):
        handled[effect.subject].append(effect.step)
    assert handled == {subject: list(range(1, n + 1)) for subject, n in world.steps.items()}
