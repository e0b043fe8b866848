"""People are merged and parted in any order: everything stays whose it is by the rules of a list.

``MERGE_EXAMPLES=200`` looks longer than the usual run.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from baton.records.people.actions import (
    MergedAlready,
    MergedWithItself,
    merge_people,
    tag_people,
    unmerge,
)
from baton.records.people.models import EmailAddress, Identity, Person, PersonTag
from baton.records.people.tests.factories import a_person
from baton.records.timeline.actions import add_note
from baton.records.timeline.models import Note

BEGIN = datetime(2026, 3, 3, 9, tzinfo=UTC)
EXAMPLES = int(os.environ.get("MERGE_EXAMPLES", "3"))
WHO = st.integers(0, 5)


@dataclass
class Merged:
    """One merge: who went into whom, and what moved."""

    kept: int
    merged: int
    batch: UUID
    moved: set[Any] = field(default_factory=set)
    is_open: bool = True


class MergeMachine(RuleBasedStateMachine):
    """``holds`` says whose each mail address and note is, by numbers of people."""

    rep: ClassVar[Any]

    def __init__(self):
        super().__init__()
        Person.objects.all().delete()
        self.at = BEGIN
        self.people: list[Person] = []
        self.living: set[int] = set()
        self.holds: dict[Any, int] = {}
        self.merges: list[Merged] = []
        for _number in range(3):
            self.come()

    def tick(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    @rule()
    def come(self):
        number = len(self.people)
        mail = f"{number}@halden.example"
        self.people.append(a_person(emails=[mail], owner=self.rep, at=self.tick()))
        self.living.add(number)
        self.holds["mail", mail] = number

    @rule(who=WHO, text=st.sampled_from("abcdef"))
    def write(self, who, text):
        if who not in self.living or ("note", f"{text}{who}") in self.holds:
            return
        self.holds["note", f"{text}{who}"] = who
        add_note(body=f"{text}{who}", by=self.rep, at=self.tick(), person=self.people[who])

    @rule(who=WHO)
    def tag(self, who):
        """Two with one tag are one with one tag, and each has it again when they are parted."""
        if who in self.living:
            ids = [self.people[who].pk]
            tag_people(people_ids=ids, names=["fair"], by=self.rep, at=self.tick())

    @rule(kept=WHO, merged=WHO)
    def merge(self, kept, merged):
        if max(kept, merged) >= len(self.people):
            return
        may = {kept, merged} <= self.living and kept != merged
        try:
            batch = merge_people(
                kept=self.people[kept], merged=[self.people[merged]], by=self.rep, at=self.tick()
            )
        except (MergedAlready, MergedWithItself):
            assert not may
            return
        assert may
        moved = {what for what, holder in self.holds.items() if holder == merged}
        self.holds |= dict.fromkeys(moved, kept)
        self.living.remove(merged)
        self.merges.append(Merged(kept, merged, batch, moved))

    @rule(place=st.integers(0, 7))
    def part(self, place):
        waiting = [one for one in self.merges if one.is_open]
        if place >= len(waiting):
            return
        one = waiting[place]
        try:
            unmerge(batch=one.batch, by=self.rep, at=self.tick())
        except MergedAlready:
            assert one.kept not in self.living
            return
        assert one.kept in self.living
        back = {what for what in one.moved if self.holds[what] == one.kept}
        self.holds |= dict.fromkeys(back, one.merged)
        self.living.add(one.merged)
        one.is_open = False

    @rule()
    def look(self):
        numbers = {person.pk: number for number, person in enumerate(self.people)}
        mails = EmailAddress.objects.values_list("address", "person_id")
        notes = Note.objects.values_list("body", "person_id")
        found = {("mail", mail): numbers[pk] for mail, pk in mails}
        found |= {("note", body): numbers[pk] for body, pk in notes}
        assert found == self.holds
        living = Person.objects.living().values_list("pk", flat=True)
        assert {numbers[pk] for pk in living} == self.living
        led = {numbers[old]: numbers[new] for old, new in self.identities()}
        assert led == {one: self.root(one) for one in range(len(self.people)) if self.is_gone(one)}
        assert {numbers[pk] for pk in self.tagged()} <= self.living

    def identities(self):
        return Identity.objects.values_list("old_id", "person_id")

    def tagged(self):
        return PersonTag.objects.filter(person__deleted_at=None).values_list("person_id", flat=True)

    def is_gone(self, number: int) -> bool:
        return number not in self.living

    def root(self, number: int) -> int:
        """Who stands for them now."""
        while number not in self.living:
            number = next(one.kept for one in self.merges if one.is_open and one.merged == number)
        return number

    def teardown(self):
        self.look()


@pytest.mark.usefixtures("company")
def test_whatever_is_merged_and_parted_belongs_to_somebody(rep, monkeypatch):
    monkeypatch.setattr(MergeMachine, "rep", rep, raising=False)

    run_state_machine_as_test(
        MergeMachine,
        settings=hypothesis_settings(
            max_examples=EXAMPLES, stateful_step_count=20, deadline=None, print_blob=True
        ),
    )
