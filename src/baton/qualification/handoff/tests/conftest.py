"""A month and a lead that several tests read."""

from datetime import timedelta

import pytest

from baton.qualification.handoff import actions
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_handoff,
    a_rep,
    an_agreement,
)
from baton.records.people.tests.factories import a_person


@pytest.fixture
def month(rep):
    """One accepted in time and answered late, one late, one rejected, one of sales' own."""
    a_default_pool(rep)
    an_agreement({"mqls_a_month": 44})
    good, late, no = (a_handoff() for _ in range(3))
    a_handoff(person=a_person(origin="sales"))
    actions.accept_handoff(handoff=good, by=rep, at=AT + timedelta(minutes=5))
    actions.accept_handoff(handoff=late, by=rep, at=AT + timedelta(minutes=20))
    actions.reject_handoff(handoff=no, reason="no_fit", by=rep, at=AT + timedelta(minutes=5))
    return good, late, no


@pytest.fixture
def teo():
    return a_rep("Teo")


@pytest.fixture
def ravi():
    return a_rep("Ravi")


@pytest.fixture
def lead(teo):
    a_default_pool(teo)
    return a_handoff()
