"""What is sent of a lead: verdicts, a need, to whom it goes."""

from typing import Any
from uuid import UUID

from ninja import Field, Schema

from baton.core.api.conditions import read_condition
from baton.core.api.days import Day


class RejectIn(Schema):
    reason: str = Field(max_length=40)
    note: str = Field("", max_length=2000)
    revisit_on: Day | None = None
    condition: dict[str, Any] | None = None  # a filter of people: they come back once it is true

    def verdict(self) -> dict[str, Any]:
        """As the action wants it. Raises BadFilter, and Problem for a hidden field."""
        if self.condition is not None:
            read_condition(self.condition, object_type="person", name="condition")
        return self.dict()


class NeedIn(Schema):
    need: str = Field(max_length=4000)
    impact: str = Field(max_length=4000)


class DisqualifyIn(RejectIn):
    competitor: str = Field("", max_length=120)


class GiveIn(Schema):
    rep: UUID
