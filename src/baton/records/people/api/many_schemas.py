"""What many people at once go in and out as."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from baton.records.people.api.schemas import PersonIn, Ref, Strict


class PeopleIn(Strict):
    """All that are to come. ``match``: by what somebody is known who is here already; they are
    brought up to date. ``partial``: the good ones come, and of the others it is told why not."""

    people: Annotated[list[PersonIn], Field(max_length=1000)]
    match: Literal["", "email", "external_id"] = ""
    partial: bool = False


class PersonBrought(Ref):
    """``index``: the place in what was sent."""

    index: int
    is_new: bool


class PersonRefused(Schema):
    """``field`` is empty where it is about the whole row."""

    index: int
    field: str
    message: str


class PeopleMade(Schema):
    """Who came, and who did not, each in the order in which they were sent."""

    items: list[PersonBrought]
    errors: list[PersonRefused]
