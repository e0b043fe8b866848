"""Whatever is done to the lake, in whatever order: it says what a plain list of the log says.

``LAKE_EXAMPLES=200`` looks longer than the usual run.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from baton.core.facts import publish_many, retract
from baton.core.facts.models import Cursor, FactRecord
from baton.core.facts.numbering import number_facts
from baton.core.settings.models import Organisation
from baton.insight.lake import actions
from baton.insight.lake.actions import sealing
from baton.insight.lake.models import LakeFile, Stream
from baton.insight.lake.queries import read
from baton.insight.lake.queries.engine import lake_root
from baton.marketing.capture.events import VisitMade

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)  # the edge of a month, and of a day
ZONES = ("Europe/Berlin", "Pacific/Auckland")
BATCHES = [uuid5(UUID(int=0), str(number)) for number in range(2)]
EXAMPLES = int(os.environ.get("LAKE_EXAMPLES", "3"))


def scratch(path):
    """Bits that are others now, in the middle of what the file holds."""
    content = bytearray(path.read_bytes())
    for place in range(4, len(content) - 8):
        content[place] ^= 0xFF
    path.write_bytes(content)


HARMS = {
    "lose": lambda path: path.unlink(),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "scratch": scratch,
}


CARE: dict[str, Callable[..., object]] = {
    "seal": actions.seal,
    "merge": actions.merge,
    "sweep": actions.sweep,
    "mend": actions.mend,
    "mend well": partial(actions.mend, is_thorough=True),
}


@dataclass(frozen=True)
class Told:
    """One line of the plain list."""

    id: int
    person: int | None
    at: datetime
    batch: UUID | None
    position: int | None = None


class LakeMachine(RuleBasedStateMachine):
    asked: ClassVar[Path]

    def __init__(self):
        super().__init__()
        FactRecord.objects.all().delete()
        Stream.objects.all().delete()
        Cursor.objects.update_or_create(name=Cursor.LINE, defaults={"position": 0})
        self.log: list[Told] = []
        self.now, self.end = BEGIN + timedelta(days=99), 0
        self.zone("Europe/Berlin")

    @rule(
        people=st.lists(st.integers(1, 3), min_size=2, max_size=6),
        batch=st.sampled_from([None, *BATCHES]),
        hours=st.sampled_from([0, 1, 2, 11, 12, 24 * 28, 24 * 28 + 1]),
        then=st.sampled_from(["wait", "number", "seal", "seal"]),
    )
    def publish(self, people, batch, hours, then):
        at = BEGIN + timedelta(hours=hours)
        visit: dict[str, Any] = {"visit_id": 1, "channel": "search", "pages": []}
        with transaction.atomic():
            told = publish_many(
                VisitMade(happened_at=at, person_id=person, batch=batch, **visit)
                for person in people
            )
        self.log += [
            Told(fact.id, person, at, batch) for fact, person in zip(told, people, strict=True)
        ]
        if then != "wait":
            self.number()
        if then == "seal":
            self.care("seal")

    def number(self):
        number_facts()
        positions = dict(FactRecord.objects.values_list("pk", "position"))
        self.log = [replace(one, position=positions[one.id]) for one in self.log]

    @rule(what=st.sampled_from([*CARE, *HARMS, *ZONES, "tidy"]), place=st.integers(0, 9))
    def care(self, what, place=0):
        self.now += timedelta(hours=2)
        if what == "tidy":
            actions.tidy(at=max(self.now, timezone.now() + timedelta(hours=2)))
        elif what in ZONES:
            self.zone(what)
        elif what in HARMS:
            self.harm(what, place)
        else:
            CARE[what]("facts", at=self.now)

    @rule(batch=st.sampled_from(BATCHES))
    def undo(self, batch):
        retract(batch=batch, at=self.now)
        self.log = [one for one in self.log if one.batch != batch]

    @rule(person=st.integers(1, 3))
    def erase(self, person):
        FactRecord.objects.filter(person_id=person).update(person_id=None)
        actions.erase_people(person_ids=[person], at=self.now)
        self.log = [replace(one, person=None) if one.person == person else one for one in self.log]

    def zone(self, zone):
        Organisation.objects.update_or_create(pk=1, defaults={"name": "Fennmark", "zone": zone})
        self.days_of = ZoneInfo(zone)

    def harm(self, harm, place):
        files = list(LakeFile.objects.current())
        if files:
            path = lake_root() / files[place % len(files)].path
            if path.exists():
                HARMS[harm](path)

    @rule()
    def look(self):
        found = read(self.asked, user=None)
        seen = [tuple(row.values()) for row in found]
        assert seen == [
            (one.position, one.person, one.at.astimezone(self.days_of).date())
            for one in sorted(self.log, key=lambda one: one.position or 0)
            if one.position
        ]

    def teardown(self):
        self.number()
        self.look()


def test_lake_says_what_the_log_says_whatever_was_done(tmp_path, monkeypatch):
    asked = tmp_path / "visits.sql"
    asked.write_text(
        "SELECT event_id, person_id, on_day FROM facts WHERE name = 'visit.made' ORDER BY event_id"
    )
    monkeypatch.setattr(LakeMachine, "asked", asked, raising=False)
    monkeypatch.setattr(sealing, "BITE", 5)

    run_state_machine_as_test(
        LakeMachine,
        settings=hypothesis_settings(
            max_examples=EXAMPLES, stateful_step_count=25, deadline=None, print_blob=True
        ),
    )
