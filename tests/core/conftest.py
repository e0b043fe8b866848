from datetime import timedelta

import pytest

from baton.core.facts import delivery
from baton.records.people.actions import show
from baton.records.people.tests.factories import a_company, a_person
from tests.lab import subscribers


@pytest.fixture
def no_waiting(monkeypatch):
    """Back-off without its pauses."""
    monkeypatch.setattr(delivery, "timedelta", lambda seconds: timedelta())


@pytest.fixture(autouse=True)
def clean_lab():
    yield
    for memory in (subscribers.poison, subscribers.strict, subscribers.heard):
        memory.clear()


@pytest.fixture
def people(rep):
    """Ann and Ben are MQLs, Ben scores high, Cleo is a lead of Acme."""
    ann = a_person(full_name="Ann Lund", owner=rep)
    ben = a_person(full_name="Ben Okafor", owner=rep)
    cleo = a_person(full_name="Cleo Adler", owner=rep, company=a_company(name="Acme GmbH"))
    show(person_id=ann.pk, stage="mql", score=10)
    show(person_id=ben.pk, stage="mql", score=90)
    show(person_id=cleo.pk, stage="lead", score=50)
