"""Why one of many does not come, and which of its fields is to be mended."""

from baton.core.api.problems import Problem
from baton.core.errors import RuleViolation
from baton.records.people.actions import (
    BadAddress,
    EmailTaken,
    ExternalIdTaken,
    NoName,
)

BLAMED: dict[type[RuleViolation], str] = {
    BadAddress: "emails",
    EmailTaken: "emails",
    ExternalIdTaken: "external_ids",
    NoName: "full_name",
}


class BadRow(Exception):
    """What was sent at one place cannot be."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field

    def problem(self, place: int) -> Problem:
        """Where all are wanted or none."""
        at = f"people[{place}].{self.field}" if self.field else f"people[{place}]"
        return Problem(422, f"{at}: {self}")


def field_of(no: BadRow | RuleViolation) -> str:
    """The field as the API calls it; "" where it is about the whole row."""
    if isinstance(no, BadRow):
        return no.field
    named = next(iter(no.fields), "") or getattr(no, "field", "")
    return named or BLAMED.get(type(no), "")
