"""Which columns a stream has where it is read from the database, by kind of value.

How they become the columns of a file is said by ``shape_facts.sql`` and the like.
"""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """Of values, as far as the lake tells them apart. Money is a NUMBER: rounded at the end."""

    INTEGER = "integer"
    TEXT = "text"
    MOMENT = "moment"  # UTC, without saying so
    DAY = "day"
    YES_NO = "yes_no"
    NUMBER = "number"


FACTS: Mapping[str, Kind] = {
    "position": Kind.INTEGER,
    "name": Kind.TEXT,
    "happened_at": Kind.MOMENT,
    "recorded_at": Kind.MOMENT,
    "person_id": Kind.INTEGER,
    "company_id": Kind.INTEGER,
    "deal_id": Kind.INTEGER,
    "campaign_id": Kind.INTEGER,
    "actor_id": Kind.INTEGER,
    "side": Kind.TEXT,
    "touch": Kind.TEXT,
    "origin": Kind.TEXT,
    "payload": Kind.TEXT,
    "undone_by": Kind.TEXT,
}
HITS: Mapping[str, Kind] = {
    "id": Kind.INTEGER,
    "at": Kind.MOMENT,
    "visit_id": Kind.INTEGER,
    "visit__visitor_id": Kind.INTEGER,
    "page_id": Kind.INTEGER,
    "path": Kind.TEXT,
    "title": Kind.TEXT,
    "visit__channel": Kind.TEXT,
    "visit__source": Kind.TEXT,
    "visit__medium": Kind.TEXT,
    "visit__campaign": Kind.TEXT,
    "visit__referrer": Kind.TEXT,
    "visit__landing_page": Kind.TEXT,
}
STAGE_CHANGES: Mapping[str, Kind] = {
    "id": Kind.INTEGER,
    "at": Kind.MOMENT,
    "person_id": Kind.INTEGER,
    "to_stage": Kind.TEXT,
    "is_back": Kind.YES_NO,
    "owner_id": Kind.INTEGER,
    "cause": Kind.TEXT,
    "undone_by": Kind.TEXT,
}
