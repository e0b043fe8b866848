"""Guides and answers for tests of this module and of those above it."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from baton.core.access.models import User
from baton.records.discovery.actions import Said, answer_guide, create_guide
from baton.records.discovery.models import Discovery, Guide
from baton.records.discovery.rules import Question
from baton.records.people.models import Person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
_numbers = count(1)
METERS = Question(code="q1", text="How many meters do you read?", hint="Also by hand")
TITLE = Question(code="q2", text="What is your job?", fills="person.job_title")


def a_guide(*questions: Question, **over: Any) -> Guide:
    """A guide for everybody that asks for meters; ``over`` are name, personas, by."""
    values: dict[str, Any] = {"name": f"Guide {next(_numbers)}", "by": None, "at": AT, **over}
    return create_guide(questions=questions or (METERS,), **values)


def answers(person: Person, *, by: User, guide: Guide | None = None, **over: Any) -> Discovery:
    """They read eleven."""
    asked = guide or a_guide()
    said = [Said(question=asked.asked()[0], answer="Eleven")]
    values: dict[str, Any] = {"said": said, "at": AT, **over}
    return answer_guide(guide=asked, person=person, by=by, **values)
